import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const READ_ONLY = 0o555;

interface StoredFile {
  readonly contents: Buffer;
  readonly mode: number;
}

/**
 * The service's own copy of code and layers, as Lambda keeps one of what is uploaded. It stands outside the project, so
 * that a function finds no package there that it would not find in Lambda, and nothing changes under a running function
 * when it is built or synthesized meanwhile, or its build is deleted.
 */
export class CodeStore {
  private readonly folder: string;

  /** @param root an empty folder outside any project */
  constructor(root: string) {
    this.folder = path.join(root, 'code');
    // Node.js looks for one upwards, and must find none that makes modules of all `.js` files.
    writeFileSync(path.join(root, 'package.json'), '{}');
  }

  /**
   * Merges folders, in order: a later one's files replace an earlier one's.
   * @returns the folder that holds the copy; the same for the same contents
   * @throws when a folder cannot be read
   */
  store(folders: readonly string[]): string {
    const files = new Map(folders.flatMap((folder) => [...filesIn(folder)]));
    const folder = path.join(this.folder, hashOf(files));
    // Without the folder itself even an empty layer would be missing.
    if (mkdirSync(folder, { recursive: true }) === undefined) return folder;
    for (const [name, { contents, mode }] of files) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), contents, { mode: mode & READ_ONLY });
    }
    // As in Lambda, where whoever writes beside the code is told that the file system is read-only.
    for (const one of foldersIn(folder)) chmodSync(one, 0o555);
    return folder;
  }

  /** Deletes all other folders that it returned. */
  keepOnly(folders: readonly string[]): void {
    if (!existsSync(this.folder)) return;
    for (const name of readdirSync(this.folder)) {
      const folder = path.join(this.folder, name);
      if (folders.includes(folder)) continue;
      for (const one of foldersIn(folder)) chmodSync(one, 0o755);
      rmSync(folder, { recursive: true });
    }
  }
}

/** A folder, and all below it. */
function foldersIn(folder: string): string[] {
  const below = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return [folder, ...below.map((entry) => path.join(entry.parentPath, entry.name))];
}

function filesIn(folder: string): Map<string, StoredFile> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .map((entry) => path.join(entry.parentPath, entry.name))
      // What a link points to is what is zipped.
      .filter((file) => statSync(file).isFile())
      .map((file) => [
        path.relative(folder, file),
        { contents: readFileSync(file), mode: statSync(file).mode },
      ]),
  );
}

function hashOf(files: ReadonlyMap<string, StoredFile>): string {
  const hash = createHash('sha256');
  for (const [name, { contents, mode }] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}\0${mode}\0${contents.length}\0`).update(contents);
  }
  return hash.digest('hex').slice(0, 16);
}
