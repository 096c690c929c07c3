import { build, type Built } from '../tools/bundle/build';
import { bundleCopies } from '../tools/bundle-copies';
import { incrementalCompiler } from '../tools/bundle/compiler';
import { synthesize } from '../tools/synthesize';
import type { Log } from './log/log';
import type { Running } from './start';

/** Makes what builds, synthesizes and serves again; when that fails, it says why, and what was served before goes on. */
export function rebuilder(running: Running, log: Log): () => Promise<void> {
  const compiler = incrementalCompiler();

  const buildAgain = async (): Promise<Built> => {
    try {
      return await build(compiler.compile);
    } catch (error) {
      if (!/\bThe service (is no longer running|was stopped)/.test(messageOf(error))) throw error;
      await compiler.reset();
      return build(compiler.compile);
    }
  };
  return async () => {
    const startedAt = performance.now();
    try {
      const refreshCopies = bundleCopies();
      const { appChanged } = await buildAgain();
      const isRefreshed = !appChanged && refreshCopies?.();
      if (!isRefreshed) await synthesize();
      await running.reload();
      const milliseconds = (performance.now() - startedAt).toFixed(0);
      log({ type: 'notice', level: 'info', message: `serving the change after ${milliseconds} ms` });
    } catch (error) {
      log({
        type: 'notice',
        level: 'error',
        message: `${messageOf(error)}\nserving what was there before`,
      });
    }
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
