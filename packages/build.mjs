// Builds the package of the current folder for `npm pack`: node ../build.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const { bin = {}, exports, engines } = JSON.parse(readFileSync('package.json', 'utf8'));

/** `./dist/cli/command.js` is made of `cli/command.ts`. */
const sourceOf = (file) => path.relative('dist', file).replace(/\.js$/, '.ts');
const modules = Object.values(exports).filter((target) => typeof target === 'object');
const entryPoints = [...Object.values(bin), ...modules.map((target) => target.default)].map(sourceOf);

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints,
  outbase: '.',
  outdir: 'dist',
  bundle: true,
  splitting: false,
  packages: 'external',
  format: 'cjs',
  platform: 'node',
  target: `node${/\d+\.\d+/.exec(engines.node)[0]}`,
  legalComments: 'inline',
});
const options = ['--declaration', '--emitDeclarationOnly', '--noEmit', 'false', '--outDir', 'dist/types'];
const root = path.resolve('../..');
execFileSync(
  process.execPath,
  [
    path.join(root, 'node_modules/typescript/bin/tsc'),
    ...['--target', 'ES2023', '--lib', 'ES2023', '--module', 'preserve', '--moduleResolution', 'bundler'],
    ...['--customConditions', 'source', '--strict', '--skipLibCheck', '--esModuleInterop', '--rootDir', '.'],
    ...options,
    ...modules.map((target) => sourceOf(target.default)),
  ],
  { stdio: 'inherit' },
);
