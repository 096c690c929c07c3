import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of `cdktf.json`, looked for from this file upwards: the same from the sources and from their bundles. */
export const projectRoot = findUpwards(__dirname);

function findUpwards(folder: string): string {
  if (existsSync(path.join(folder, 'cdktf.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error(`no cdktf.json in a folder above ${__dirname}`);
  return findUpwards(parent);
}

/** Where bundles are written, and where the stacks look for them. `BUILD_DIR` moves it. */
export function buildFolder(): string {
  return folderOf('BUILD_DIR', 'build');
}

/** Where the app is synthesized to. cdktf's own variable moves it. */
export function outputFolder(): string {
  return folderOf('CDKTF_OUTDIR', 'cdktf.out');
}

/** @throws when the variable names a folder in which `functions` or `stacks` would be taken for what was made before */
function folderOf(variable: string, name: string): string {
  const folder = path.resolve(projectRoot, process.env[variable] ?? name);
  if (`${projectRoot}${path.sep}`.startsWith(path.join(folder, path.sep))) {
    throw new Error(
      `${variable} is ${folder}, where the sources stand, and what is old there is deleted: name a folder of its own, or unset it`,
    );
  }
  return folder;
}

/** A checkout to build: where its sources stand, and where what is made of them goes. */
export interface Project {
  readonly root: string;
  /** Of bundles. */
  readonly buildFolder: string;
  /** Of the synthesized app. */
  readonly outputFolder: string;
}

export const thisProject = (): Project => ({
  root: projectRoot,
  buildFolder: buildFolder(),
  outputFolder: outputFolder(),
});
