import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';

/**
 * Unpacks a zip into a folder that is named by what is in it, once.
 * @param into the folder that such folders are put in
 * @returns the absolute path of the folder
 * @throws when it is no zip, or has an entry that would end up elsewhere
 */
export async function unzip(file: string, into: string): Promise<string> {
  const bytes = await readFile(file);
  const folder = path.join(into, createHash('sha256').update(bytes).digest('hex').slice(0, 20));
  if (await exists(folder)) return folder;
  await mkdir(into, { recursive: true });
  // Whole or not at all: another process may want the same.
  const unfinished = await mkdtemp(`${folder}.`);
  try {
    await unpack(await fromBufferPromise(bytes), unfinished);
    await rename(unfinished, folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error;
    });
  } catch (error) {
    throw new Error(`${file} cannot be unpacked: ${String(error)}`, { cause: error });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

async function unpack(zip: ZipFile, folder: string): Promise<void> {
  for await (const entry of zip.eachEntry()) {
    const target = path.join(folder, entry.fileName);
    if (entry.fileName.endsWith('/')) await mkdir(target, { recursive: true });
    else await unpackFile(zip, entry, folder, target);
  }
}

async function unpackFile(zip: ZipFile, entry: Entry, folder: string, target: string): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const content = await zip.openReadStreamPromise(entry);
  // Zips of Unix hold its modes here: https://libzip.org/specifications/extrafld.txt
  const mode = entry.externalFileAttributes >>> 16;
  const isLink = (mode & 0o170000) === 0o120000;
  if (!isLink) return pipeline(content, createWriteStream(target, { mode: mode & 0o111 ? 0o755 : 0o644 }));
  const to = await text(content);
  const inside = path.relative(folder, path.resolve(path.dirname(target), to));
  if (inside.startsWith('..') || path.isAbsolute(inside)) throw new Error(`${entry.fileName} links to ${to}`);
  await symlink(to, target);
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}
