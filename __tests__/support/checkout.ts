import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { copySources, linkDependencies } from '../../tools/checkout-copy';
import type { Project } from '../../tools/project-root';

/** A copy of the sources in a folder of its own, to build from or to break; the dependencies are linked. */
export class Checkout {
  readonly root: string;
  /** What the build tools are given to build it. */
  readonly project: Project;
  private readonly parent = mkdtempSync(path.join(tmpdir(), 'checkout-'));
  /** What stood in the files that were written since; undefined where there was none. */
  private readonly originals = new Map<string, string | undefined>();

  constructor(name = 'project') {
    this.root = path.join(this.parent, name);
    this.project = {
      root: this.root,
      buildFolder: path.join(this.root, 'build'),
      outputFolder: path.join(this.root, 'cdktf.out'),
    };
    copySources(this.root);
    linkDependencies(this.root);
  }

  /** Runs one of the repository's programs there. Never rejects: the exit code is part of the answer. */
  async run(program: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    try {
      const command = promisify(execFile)(process.execPath, ['tools/ts.mjs', program, ...args], {
        cwd: this.root,
        // Jest gives tests a copy: without it the variables a test sets would not arrive. Its folders are its own.
        env: { ...process.env, BUILD_DIR: undefined, CDKTF_OUTDIR: undefined },
      });
      return { code: 0, ...(await command) };
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string };
    }
  }

  write(file: string, contents: string): void {
    const target = path.join(this.root, file);
    if (!this.originals.has(file)) {
      this.originals.set(file, existsSync(target) ? readFileSync(target, 'utf8') : undefined);
    }
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, contents);
  }

  delete(file: string): void {
    rmSync(path.join(this.root, file));
  }

  /** Undoes every `write`. */
  restore(): void {
    for (const [file, contents] of this.originals) {
      if (contents === undefined) this.delete(file);
      else writeFileSync(path.join(this.root, file), contents);
    }
    this.originals.clear();
  }

  /** When a file was last written, in milliseconds since 1970. */
  modified(file: string): number {
    return statSync(path.join(this.root, file)).mtimeMs;
  }

  /** Every file below a folder with its contents, by relative path. */
  files(folder: string): Record<string, string> {
    const root = path.join(this.root, folder);
    const names = readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
    return Object.fromEntries(
      names.sort().map((name) => [name, readFileSync(path.join(root, name), 'utf8')]),
    );
  }

  remove(): void {
    rmSync(this.parent, { recursive: true });
  }
}
