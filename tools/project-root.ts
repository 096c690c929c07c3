import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of `cdktf.json`, looked for from this file upwards: the same from the sources and from `build/programs`. */
export const projectRoot = findUpwards(__dirname);

function findUpwards(folder: string): string {
  if (existsSync(path.join(folder, 'cdktf.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error(`no cdktf.json in a folder above ${__dirname}`);
  return findUpwards(parent);
}
