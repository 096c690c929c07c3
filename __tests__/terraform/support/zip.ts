import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { zipSync, type Zippable } from 'fflate';

/** A folder as a zip, as `archive_file` makes it: sorted, mode 0644, one fixed time, so that equal files are equal zips. */
export function zipFolder(folder: string): Buffer {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  const files: Zippable = {};
  for (const name of names) {
    files[name] = [
      readFileSync(path.join(folder, name)),
      { mtime: new Date(1980, 0, 1), os: 3, attrs: 0o100_644 << 16 },
    ];
  }
  return Buffer.from(zipSync(files));
}
