import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root';

/** cdktf, or CDK Terrain after it, their provider classes, and what contracts are made of. */
export const VENDOR_MODULE = /^(?:@?cdkt[fn]|constructs|zod)(?:\/|$)/;

const IMPORT = /\b(?:from|import|require)\s*\(?\s*(['"])(.+?)\1/g;

/** Those of them that the app imports, in order. */
export function vendorModules(): string[] {
  const files = ['stacks', 'functions'].flatMap((folder) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(folder, file)),
  );
  const modules = ['main.ts', ...files].flatMap((file) =>
    [...readFileSync(path.join(projectRoot, file), 'utf8').matchAll(IMPORT)].map(([, , name = '']) => name),
  );
  return [...new Set(modules)].filter((name) => VENDOR_MODULE.test(name)).sort();
}
