// Runs a TypeScript program of this repository: node tools/ts.mjs packages/terraform-offline/cli.ts --port 3000
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

const projectRoot = path.resolve(import.meta.dirname, '..');

/** Where programs stand as JavaScript, in the same folders. */
const programs = path.join(projectRoot, 'build', 'programs');

/** What a program starts in processes and threads of its own: the local cloud's, for tests too, or the benchmarks'. */
function childrenOf(program) {
  const folder = program.startsWith('bench/') ? 'bench' : 'packages/terraform-offline';
  return [`${folder}/**/process.ts`, `${folder}/**/worker.ts`];
}

/** Makes one file of each program: a hundred take twice as long to make, and to load. Packages stay where they are. */
async function bundle(program) {
  const { outputFiles } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [program, ...childrenOf(program)],
    outbase: '.',
    outdir: programs,
    bundle: true,
    packages: 'external',
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
    write: false,
  });
  for (const { path: file, contents } of outputFiles) {
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    mkdirSync(path.dirname(file), { recursive: true });
    // Another process may be reading it.
    const whole = `${file}.${process.pid}`;
    writeFileSync(whole, contents);
    renameSync(whole, file);
  }
}

const [program, ...args] = process.argv.slice(2);
if (!program?.endsWith('.ts') || !existsSync(path.join(projectRoot, program))) {
  console.error('usage: node tools/ts.mjs <program.ts> [arguments]');
  process.exit(1);
}
// The compiler has said what is wrong.
await bundle(program).catch(() => process.exit(1));
const script = path.join(programs, program.replace(/\.ts$/, '.js'));
process.argv = [process.argv[0], script, ...args];
process.setSourceMapsEnabled(true);
Module.runMain();
