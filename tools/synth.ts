import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { build, run } from './build';
import { APP, bundleAppToExplain } from './bundle/app';
import { projectRoot } from './project-root';
import { pruneOutput } from './prune-output';

/**
 * Runs the bundled app, which writes `cdktf.out`. Rejects with what the app said when it fails.
 * @param signal ends the app
 */
export async function synthesize({ signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
  const failed = await runApp(signal);
  signal?.throwIfAborted();
  if (failed) throw new Error(await explainFailure());
  pruneOutput();
}

/** In a thread: a process would take as long to start as the app takes to run. Resolves to whether it failed. */
async function runApp(signal: AbortSignal | undefined): Promise<boolean> {
  const app = new Worker(path.join(projectRoot, APP), { stderr: true });
  const end = () => void app.terminate();
  signal?.addEventListener('abort', end);
  const code = await new Promise((resolve) => {
    // What it threw is told when it is run again.
    app.on('error', () => undefined).on('exit', resolve);
  });
  signal?.removeEventListener('abort', end);
  return code !== 0;
}

/** Runs the app again, with a stack trace that names lines of the sources. */
async function explainFailure(): Promise<string> {
  await bundleAppToExplain();
  const app = spawn(process.execPath, ['--enable-source-maps', APP], {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  return (await text(app.stderr)).trimEnd();
}

if (require.main === module) {
  void run(async () => {
    await build();
    await synthesize();
  });
}
