import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Files by their path within a folder. */
export type FolderContents = ReadonlyMap<string, Buffer>;

/** @throws when the folder cannot be read */
export function contentsOf(folder: string): FolderContents {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file), readFileSync(file)]),
  );
}

/** The same for the same names and contents, in hexadecimal digits. */
export function hashOf(contents: FolderContents): string {
  const hash = createHash('sha256');
  for (const [name, file] of [...contents].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}\0${file.length}\0`).update(file);
  }
  return hash.digest('hex');
}
