import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder hold exactly these files. Unchanged files are left alone, changed ones are
 * replaced in one step: a running server may be reading them.
 */
export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  mkdirSync(folder, { recursive: true });
  for (const stale of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(stale.parentPath, stale.name);
    if (stale.isFile() && !files.has(path.relative(folder, file))) rmSync(file);
  }
  for (const [name, contents] of files) {
    const file = path.join(folder, name);
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, contents);
    renameSync(temporary, file);
  }
}
