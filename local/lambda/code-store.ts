import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * The service's own copy of code and layers, as Lambda keeps one of what is uploaded. It stands outside the project, so
 * that a function finds no package there that it would not find in Lambda, and a build or synth running meanwhile
 * changes nothing under a running function.
 */
export class CodeStore {
  private readonly root = mkdtempSync(path.join(realpathSync(tmpdir()), 'local-lambda-'));

  /**
   * Merges folders, in order: a later one's files replace an earlier one's.
   * @returns the folder that holds the copy; the same for the same contents
   * @throws when a folder cannot be read
   */
  store(folders: readonly string[]): string {
    const files = new Map(folders.flatMap(filesOf));
    const hash = createHash('sha256');
    for (const name of [...files.keys()].sort()) {
      const contents = files.get(name) ?? Buffer.alloc(0);
      hash.update(`${name}\0${contents.length}\0`).update(contents);
    }
    const folder = path.join(this.root, hash.digest('hex').slice(0, 16));
    // Without the folder itself even an empty layer would be missing.
    if (mkdirSync(folder, { recursive: true }) === undefined) return folder;
    for (const [name, contents] of files) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), contents);
    }
    return folder;
  }

  /** Deletes all other folders that it returned. */
  keepOnly(folders: readonly string[]): void {
    for (const name of readdirSync(this.root)) {
      const folder = path.join(this.root, name);
      if (!folders.includes(folder)) rmSync(folder, { recursive: true });
    }
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function filesOf(folder: string): [name: string, contents: Buffer][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [path.relative(folder, file), readFileSync(file)];
    });
}
