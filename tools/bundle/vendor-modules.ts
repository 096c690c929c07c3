import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root';

/** cdktf, or CDK Terrain after it, and their provider classes. */
export const VENDOR_MODULE = /^(?:@?cdkt[fn]|constructs)(?:\/|$)/;

const IMPORT = /from '([^']+)'/g;

/** Those of them that the app imports, in order. */
export function vendorModules(): string[] {
  const stacks = path.join(projectRoot, 'stacks');
  const files = readdirSync(stacks, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join(stacks, file));
  const modules = [path.join(projectRoot, 'main.ts'), ...files].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, name = '']) => name),
  );
  return [...new Set(modules)].filter((name) => VENDOR_MODULE.test(name)).sort();
}
