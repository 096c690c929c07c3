// Makes what the package ships: JavaScript of one file per entry, and the types beside it.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildSync } from 'esbuild';

const here = import.meta.dirname;
const outdir = path.join(here, 'dist');

rmSync(outdir, { recursive: true, force: true });
buildSync({
  absWorkingDir: here,
  entryPoints: ['index.ts', 'cli.ts', 'expressions/index.ts'],
  outbase: '.',
  outdir,
  bundle: true,
  packages: 'external',
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
});
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '--project', path.join(here, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
