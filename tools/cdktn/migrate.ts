import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copySources, linkDependencies } from '../checkout-copy';

/** CDK Terrain's packages, in versions that belong together. */
export const PACKAGES = ['cdktn@0.24.0', '@cdktn/provider-aws@25.7.0', '@cdktn/provider-archive@14.0.1'];

/**
 * Copies the app into `<parent>/app` with its imports renamed: this is all that the move to CDK Terrain takes of the
 * sources. The other dependencies are found in `<parent>/node_modules`, which leads to the project's.
 */
export function migrate(parent: string): string {
  const app = path.join(parent, 'app');
  copySources(app);
  writeFileSync(path.join(app, 'package.json'), '{"private":true}\n');
  linkDependencies(parent);
  for (const file of [path.join(app, 'main.ts'), ...typeScript(path.join(app, 'stacks'))]) {
    writeFileSync(file, renameImports(readFileSync(file, 'utf8')));
  }
  return app;
}

/** The source with imports of CDKTF turned into those of CDK Terrain. */
export function renameImports(source: string): string {
  return source.replace(/(from ')(cdktf|@cdktf\/)/g, (_, from: string, name: string) =>
    name === 'cdktf' ? `${from}cdktn` : `${from}@cdktn/`,
  );
}

function typeScript(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
