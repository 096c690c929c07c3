import { stop as stopCompiler } from 'esbuild';
import { build, type Built } from '../tools/build';
import { bundleCopies } from '../tools/bundle-copies';
import { synthesize } from '../tools/synth';
import type { Log } from './log/log';
import type { Running } from './start';

/** Builds, synthesizes and serves again; when that fails, says why, and what was served before goes on. */
export async function rebuild(running: Running, log: Log): Promise<void> {
  const startedAt = performance.now();
  try {
    const refreshCopies = bundleCopies();
    const { appChanged } = await buildWithCompiler();
    const isRefreshed = !appChanged && refreshCopies?.();
    if (!isRefreshed) await synthesize();
    await running.reload();
    const milliseconds = (performance.now() - startedAt).toFixed(0);
    log({ type: 'notice', level: 'info', message: `serving the change after ${milliseconds} ms` });
  } catch (error) {
    log({ type: 'notice', level: 'error', message: `${messageOf(error)}\nserving what was there before` });
  }
}

/** esbuild is a process of its own, and does not replace one that has died before it is told to stop. */
async function buildWithCompiler(): Promise<Built> {
  try {
    return await build();
  } catch (error) {
    if (!/\bThe service (is no longer running|was stopped)/.test(messageOf(error))) throw error;
    await stopCompiler();
    return build();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
