import { cpSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './project-root';

/** What building, synthesizing and serving take, and what is compiled with it. */
const SOURCES = [
  'bench',
  'functions',
  'packages',
  'stacks',
  'tools',
  'main.ts',
  'cdktf.json',
  'package.json',
  'tsconfig.json',
];

/** Copies the sources into a folder of their own, where nothing is built yet. */
export function copySources(folder: string): void {
  for (const source of SOURCES) {
    cpSync(path.join(projectRoot, source), path.join(folder, source), { recursive: true });
  }
}

/** Lets what is in a folder, or in one below it, find this project's dependencies. */
export function linkDependencies(folder: string): void {
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(folder, 'node_modules'));
}
