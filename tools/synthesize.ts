import { spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { APP, bundleAppToExplain } from './bundle/app';
import { projectRoot } from './project-root';
import { pruneOutput } from './prune-output';

/**
 * Runs the bundled app, which writes `cdktf.out`. Rejects with what the app said when it fails.
 * @param signal ends the app
 */
export async function synthesize({ signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
  const failure = await runApp(signal);
  signal?.throwIfAborted();
  if (failure !== undefined) throw new Error((await explainFailure()) || failure);
  pruneOutput();
}

/** In a thread: a process would take as long to start as the app takes to run. Resolves to how it failed, if it did. */
async function runApp(signal: AbortSignal | undefined): Promise<string | undefined> {
  const app = new Worker(path.join(projectRoot, APP), { stderr: true });
  const end = () => void app.terminate();
  signal?.addEventListener('abort', end);
  const failure = await new Promise<string | undefined>((resolve) => {
    app.on('error', (error) => {
      resolve(error.stack ?? String(error));
    });
    app.on('exit', (code) => {
      resolve(code === 0 ? undefined : `the app ended with exit code ${code}`);
    });
  });
  signal?.removeEventListener('abort', end);
  return failure;
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
