// Runs a TypeScript program of this repository: node tools/ts.mjs tools/start.ts --port 3000
import './node-settings.cjs';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const projectRoot = path.resolve(import.meta.dirname, '..');
const programs = path.resolve(projectRoot, process.env.BUILD_DIR ?? 'build', 'programs');

/**
 * This repository's own packages are bundled from their sources; all others are loaded from where they stand, which may be
 * in a package's own `node_modules`.
 */
const dependencies = {
  name: 'dependencies',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path: name, kind, resolveDir }) => {
      const isOwn = /^(dynamodb|terraform)-offline(\/|$)/.test(name) && kind !== 'require-resolve';
      if (kind === 'entry-point' || isOwn) return undefined;
      return { path: found(name, resolveDir), external: true };
    });
  },
};

function found(name, folder) {
  try {
    return createRequire(path.join(folder, 'index.js')).resolve(name);
  } catch {
    // It is for whoever runs the program to say what is missing.
    return name;
  }
}

/** What a program starts in processes of its own. */
const childrenOf = (program) => (program.startsWith('bench/') ? ['bench/**/process.ts'] : []);

/** One file each: a hundred take twice as long to make, and to load. */
async function bundle(program) {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [program, ...childrenOf(program)],
    outbase: '.',
    outdir: programs,
    bundle: true,
    conditions: ['source'],
    plugins: [dependencies],
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'error',
    write: false,
  });
  for (const { path: file, contents } of outputFiles) {
    mkdirSync(path.dirname(file), { recursive: true });
    // Another process may be reading it.
    const whole = `${file}.${process.pid}`;
    writeFileSync(whole, contents);
    renameSync(whole, file);
  }
  return path.join(programs, program.replace(/\.ts$/, '.js'));
}

const [program, ...args] = process.argv.slice(2);
if (!program?.endsWith('.ts') || !existsSync(path.join(projectRoot, program))) {
  console.error('usage: node tools/ts.mjs <program.ts> [arguments]');
  process.exit(1);
}
// The compiler has said what is wrong.
const script = await bundle(program).catch(() => process.exit(1));
process.argv = [process.argv[0], script, ...args];
await import(pathToFileURL(script));
