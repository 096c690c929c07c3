import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contentsOf, hashOf } from './folder-contents';

/**
 * The service's own copy of code, layers and runtime, as Lambda keeps one of what is uploaded. It stands outside the
 * project, so that a function finds no package there that it would not find in Lambda, and nothing changes under a
 * running function when it is built or synthesized meanwhile, or its build is deleted.
 */
export class CodeStore {
  private readonly root = mkdtempSync(path.join(realpathSync(tmpdir()), 'local-lambda-'));
  private readonly code = path.join(this.root, 'code');

  constructor() {
    // Node.js looks for one upwards, and must find none that makes modules of all `.js` files.
    writeFileSync(path.join(this.root, 'package.json'), '{}');
  }

  /**
   * Merges folders, in order: a later one's files replace an earlier one's.
   * @returns the folder that holds the copy; the same for the same contents
   * @throws when a folder cannot be read
   */
  store(folders: readonly string[]): string {
    const files = new Map(folders.flatMap((folder) => [...contentsOf(folder)]));
    const folder = path.join(this.code, hashOf(files).slice(0, 16));
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
    for (const name of readdirSync(this.code)) {
      const folder = path.join(this.code, name);
      if (!folders.includes(folder)) rmSync(folder, { recursive: true });
    }
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
