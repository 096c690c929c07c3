import { setTimeout as sleep } from 'node:timers/promises';
import { bundleCopies } from '../../tools/app/bundle-copies';
import { resynthesizer } from '../../tools/app/resynthesizer';
import { build } from '../../tools/bundle/build';
import { incrementalCompiler } from '../../tools/bundle/compiler';
import { messageOf } from './message-of';
import type { Running } from './start';

/** About as long as a synth takes. */
const SYNTH_MS = 500;

/**
 * Makes what builds, synthesizes and serves again; when that fails, it says why, and what was served before goes on.
 * @param onServed called once another state is served
 */
export function rebuilder({ reload, log }: Running, onServed: () => void): () => Promise<void> {
  const compiler = incrementalCompiler();
  const app = resynthesizer();
  app.prepare();

  const buildAgain = async (): Promise<void> => {
    try {
      return await build(compiler.compile);
    } catch (error) {
      if (!/\bThe service (is no longer running|was stopped)/.test(messageOf(error))) throw error;
      await compiler.reset();
      return build(compiler.compile);
    }
  };
  const serveAgain = async (): Promise<void> => {
    const refreshCopies = bundleCopies();
    await buildAgain();
    const isRefreshed = !app.isDue() && refreshCopies?.();
    if (!isRefreshed) await app.synthesize();
    await reload();
  };
  return async () => {
    const startedAt = performance.now();
    try {
      await serveAgain().catch(async (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        // A synth of somebody else's replaces what is being read.
        await sleep(SYNTH_MS);
        await serveAgain();
      });
      onServed();
      const milliseconds = (performance.now() - startedAt).toFixed(0);
      log({ type: 'notice', level: 'info', message: `serving the change after ${milliseconds} ms` });
    } catch (error) {
      log({
        type: 'notice',
        level: 'error',
        message: `${messageOf(error)}\nserving what was there before`,
      });
    }
    app.prepare();
  };
}
