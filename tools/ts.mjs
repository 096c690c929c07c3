// Runs a TypeScript program of this repository: node tools/ts.mjs local/cli.ts --port 3000
import Module from 'node:module';
import path from 'node:path';
import { programs, transpile } from './transpile.mjs';

const [program, ...args] = process.argv.slice(2);
if (!program?.endsWith('.ts')) {
  console.error('usage: node tools/ts.mjs <program.ts> [arguments]');
  process.exit(1);
}
await transpile();
const script = path.join(programs, program.replace(/\.ts$/, '.js'));
process.argv = [process.argv[0], script, ...args];
process.setSourceMapsEnabled(true);
Module.runMain();
