import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes a folder whole or not at all: another process may want the same one, and one that functions run from never changes.
 * @param into the folder that it is put in
 * @param nameOf what it is called, given the folder with all that is in it: the same for the same
 * @returns its absolute path
 */
export async function makeWholeFolder(
  into: string,
  fill: (folder: string) => Promise<void>,
  nameOf: (folder: string) => string | Promise<string> = contentHash,
): Promise<string> {
  await mkdir(into, { recursive: true });
  const unfinished = await mkdtemp(path.join(into, 'unfinished.'));
  try {
    await fill(unfinished);
    const folder = path.join(into, await nameOf(unfinished));
    await rename(unfinished, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error;
    });
    return folder;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

export async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

/** The name of a folder with these bytes in it. */
export function hashName(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 20);
}

async function contentHash(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((file) => path.join(file.parentPath, file.name));
  const contents = files.sort().map(async (file) => [path.relative(folder, file), await readFile(file)]);
  return hashName(...(await Promise.all(contents)).flat());
}
