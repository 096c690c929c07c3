import { build } from '../tools/build';
import { synthesize } from '../tools/synth';
import type { Log } from './log/log';
import type { Running } from './start';

/** Builds, synthesizes and serves again; when that fails, says why, and what was served before goes on. */
export async function rebuild(running: Running, log: Log): Promise<void> {
  const startedAt = performance.now();
  try {
    await build();
    await synthesize();
    await running.reload();
    const milliseconds = (performance.now() - startedAt).toFixed(0);
    log({
      type: 'notice',
      level: 'info',
      message: `serving the change, ${milliseconds} ms after it was made`,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log({ type: 'notice', level: 'error', message: `${reason}\nserving what was there before` });
  }
}
