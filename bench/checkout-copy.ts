import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../tools/project-root';

const SOURCES = [
  'bench',
  'functions',
  'local',
  'stacks',
  'tools',
  'main.ts',
  'cdktf.json',
  'package.json',
  'tsconfig.json',
];

/** The sources in a folder of their own, where nothing is built yet, with this project's dependencies. */
export function copyCheckout(): { readonly root: string; readonly remove: () => void } {
  const root = mkdtempSync(path.join(realpathSync(tmpdir()), 'bench-'));
  for (const source of SOURCES) {
    cpSync(path.join(projectRoot, source), path.join(root, source), { recursive: true });
  }
  symlinkSync(path.join(projectRoot, 'node_modules'), path.join(root, 'node_modules'));
  return {
    root,
    remove() {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
