import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Project } from '../project-root';
import { type Compile, explained } from './compile';
import { pruneOutput } from './prune-output';

/** cdktf asks `util.isArray`, which newer Node warns of. */
const NODE_OPTIONS = ['--require', './tools/node-settings.cjs', '--disable-warning=DEP0044'];

/** Runs the app, `main.ts`, which writes `cdktf.out`. Rejects with what the compiler or the app says. */
export async function synthesize(project: Project, compile: Compile): Promise<void> {
  const { root, buildFolder, outputFolder } = project;
  const app = path.join(buildFolder, 'app', 'main.cjs');
  await bundle(root, app, compile);
  const child = spawn(process.execPath, [...NODE_OPTIONS, app], {
    cwd: root,
    env: { ...process.env, BUILD_DIR: buildFolder, CDKTF_OUTDIR: outputFolder },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const closed = once(child, 'close') as Promise<[code: number | null]>;
  const [said, [code]] = await Promise.all([text(child.stderr), closed]);
  if (code !== 0) throw new Error(said.trimEnd() || `the app ended with exit code ${code}`);
  process.stderr.write(said);
  pruneOutput(project);
}

/** What is this project's own; packages load where they stand. */
async function bundle(root: string, outfile: string, compile: Compile): Promise<void> {
  try {
    await compile({
      absWorkingDir: root,
      entryPoints: ['main.ts'],
      outfile,
      bundle: true,
      packages: 'external',
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      sourcemap: 'inline',
      logLevel: 'silent',
    });
  } catch (error) {
    throw await explained(error);
  }
}
