// Builds the package of the current folder for `npm pack`: node ../build.mjs
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const { bin = {}, exports, engines } = JSON.parse(readFileSync('package.json', 'utf8'));

/** `./dist/cli/command.js` is made of `cli/command.ts`. */
const sourceOf = (file) => path.relative('dist', file).replace(/\.js$/, '.ts');
const modules = Object.values(exports).filter((target) => typeof target === 'object');
const sources = modules.map((target) => sourceOf(target.default));
const target = `node${/\d+\.\d+/.exec(engines.node)[0]}`;

/** A command loads what the package exports, and has no second copy of it. */
const loadsExports = {
  name: 'loads-exports',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path: name, resolveDir, kind }) => {
      if (kind === 'entry-point') return undefined;
      const source = `${path.relative('.', path.resolve(resolveDir, name))}.ts`;
      return sources.includes(source)
        ? { path: `./${source.replace(/\.ts$/, '.js')}`, external: true }
        : undefined;
    });
  },
};

const options = {
  outbase: '.',
  outdir: 'dist',
  bundle: true,
  splitting: false,
  packages: 'external',
  format: 'cjs',
  platform: 'node',
  target,
  legalComments: 'inline',
};
rmSync('dist', { recursive: true, force: true });
await build({ ...options, entryPoints: sources });
await build({
  ...options,
  entryPoints: Object.values(bin).map(sourceOf),
  plugins: [loadsExports],
  // The loader of ES modules takes longer than what it would load here.
  supported: { 'dynamic-import': false },
});
const declarations = [
  '--declaration',
  '--emitDeclarationOnly',
  '--noEmit',
  'false',
  '--outDir',
  'dist/types',
];
const root = path.resolve('../..');
execFileSync(
  process.execPath,
  [
    path.join(root, 'node_modules/typescript/bin/tsc'),
    ...['--target', 'ES2023', '--lib', 'ES2023', '--module', 'preserve', '--moduleResolution', 'bundler'],
    ...['--customConditions', 'source', '--strict', '--skipLibCheck', '--esModuleInterop', '--rootDir', '.'],
    ...declarations,
    ...sources,
  ],
  { stdio: 'inherit' },
);
