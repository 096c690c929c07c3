import { createWriteStream } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { messageOf } from '../message-of';
import { exists, hashName, makeWholeFolder } from './unpacked';

/**
 * Unpacks a zip into a folder that is named by what is in it, once.
 * @param into the folder that such folders are put in
 * @returns the absolute path of the folder
 * @throws when it is no zip, or has an entry that would end up elsewhere
 */
export async function unzip(file: string, into: string): Promise<string> {
  const bytes = await readFile(file);
  const name = hashName(bytes);
  const folder = path.join(into, name);
  if (await exists(folder)) return folder;
  const fill = async (unfinished: string) => unpack(await fromBufferPromise(bytes), unfinished);
  return makeWholeFolder(into, fill, () => name).catch((error: unknown) => {
    throw new Error(`${file} cannot be unpacked: ${messageOf(error)}`, { cause: error });
  });
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
