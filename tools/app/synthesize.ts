import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { bundleAppToExplain } from '../bundle/app';
import { APP } from '../bundle/app-files';
import { projectRoot } from '../project-root';
import { pruneOutput } from './prune-output';
import { type AppThread, startAppThread } from './thread';

export interface SynthesizeOptions {
  /** Ends the app. */
  readonly signal?: AbortSignal;
  /** Where the app runs; default: one that is started now. */
  readonly thread?: AppThread;
}

/** Runs the bundled app, which writes `cdktf.out`. Rejects with what the app said when it fails. */
export async function synthesize({
  signal,
  thread = startAppThread(),
}: SynthesizeOptions = {}): Promise<void> {
  const failure = await thread.run(signal);
  signal?.throwIfAborted();
  if (failure !== undefined) throw new Error((await explainFailure()) || failure);
  pruneOutput();
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
