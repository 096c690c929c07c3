import type { build } from 'esbuild';
import { type BuildContext, type BuildOptions, context, stop } from 'esbuild';

/** esbuild's `build`, or what does the same sooner. */
export type Compile = typeof build;

/** Compiles, and compiles the same again in less than half the time: it keeps what it parsed. */
export interface IncrementalCompiler {
  readonly compile: Compile;
  /** Starts anew. esbuild is a process of its own, and does not replace one that has died before it is told to stop. */
  reset(): Promise<void>;
}

/** Each keeps tens of megabytes. A build uses four at a time: app, packages, layer, handlers; the handlers’ differ. */
const LIMIT = 6;

export function incrementalCompiler(): IncrementalCompiler {
  /** By entry points, the last used last. */
  const contexts = new Map<string, Promise<BuildContext>>();

  const contextFor = (options: BuildOptions): Promise<BuildContext> => {
    const key = JSON.stringify(options.entryPoints ?? options.stdin);
    const found = contexts.get(key) ?? context(options);
    contexts.delete(key);
    contexts.set(key, found);
    for (const [oldest, unused] of contexts) {
      if (contexts.size <= LIMIT) break;
      contexts.delete(oldest);
      void unused.then((one) => one.dispose());
    }
    return found;
  };
  return {
    compile: async (options: BuildOptions) => (await contextFor(options)).rebuild(),
    async reset() {
      contexts.clear();
      await stop();
    },
  };
}
