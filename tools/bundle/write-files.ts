import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root';

/** Deletes what stands under `folder` (relative to the project) besides these folders of it. */
export function removeOtherFolders(folder: string, kept: readonly string[]): void {
  const root = path.join(projectRoot, folder);
  if (!existsSync(root)) return;
  for (const name of readdirSync(root)) {
    if (kept.includes(name)) continue;
    const below = kept.filter((one) => one.startsWith(`${name}/`)).map((one) => one.slice(name.length + 1));
    if (below.length > 0) removeOtherFolders(path.join(folder, name), below);
    else rmSync(path.join(root, name), { recursive: true });
  }
}

/**
 * Makes `folder` (relative to the project) hold exactly these files. Unchanged files are left alone, changed ones are
 * replaced in one step: a running server may be reading them.
 */
export function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  const root = path.join(projectRoot, folder);
  mkdirSync(root, { recursive: true });
  for (const stale of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const file = path.join(stale.parentPath, stale.name);
    if (stale.isFile() && !files.has(path.relative(root, file))) rmSync(file);
  }
  for (const [name, contents] of files) {
    const file = path.join(root, name);
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}.tmp`;
    writeFileSync(temporary, contents);
    renameSync(temporary, file);
  }
}
