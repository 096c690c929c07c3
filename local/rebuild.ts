import { stop as stopCompiler } from 'esbuild';
import { build } from '../tools/build';
import { synthesize } from '../tools/synth';
import type { Log } from './log/log';
import type { Running } from './start';

/** Builds, synthesizes and serves again; when that fails, says why, and what was served before goes on. */
export async function rebuild(running: Running, log: Log): Promise<void> {
  const startedAt = performance.now();
  try {
    await buildWithCompiler();
    await synthesize();
    await running.reload();
    const milliseconds = (performance.now() - startedAt).toFixed(0);
    log({
      type: 'notice',
      level: 'info',
      message: `serving the change, ${milliseconds} ms after it was made`,
    });
  } catch (error) {
    log({ type: 'notice', level: 'error', message: `${messageOf(error)}\nserving what was there before` });
  }
}

/** esbuild is a process of its own, and does not replace one that has died before it is told to stop. */
async function buildWithCompiler(): Promise<void> {
  try {
    await build();
  } catch (error) {
    if (!/\bThe service (is no longer running|was stopped)/.test(messageOf(error))) throw error;
    await stopCompiler();
    await build();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
