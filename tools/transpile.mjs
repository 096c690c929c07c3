import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

export const projectRoot = path.resolve(import.meta.dirname, '..');

/** Where the programs of this repository (`local/`, `tools/`, `bench/`) stand as JavaScript, in the same folders. */
export const programs = path.join(projectRoot, 'build', 'programs');

/** Translates the programs from TypeScript, file by file; takes less than a tenth of a second. */
export async function transpile() {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: ['local/**/*.ts', 'tools/**/*.ts', 'bench/**/*.ts'],
    outbase: '.',
    outdir: programs,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'error',
    write: false,
  });
  for (const { path: file, contents } of outputFiles) {
    // An unchanged file is left alone: another process may be reading it.
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
}
