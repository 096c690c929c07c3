import { type build, type BuildContext, type BuildFailure, context, formatMessages, stop } from 'esbuild';

/** esbuild's `build`, or what does the same sooner. */
export type Compile = typeof build;

interface Entries {
  readonly names: string;
  readonly context: Promise<BuildContext>;
}

/** For whoever compiles again and again: keeps what was parsed, by the place that is written to. */
export function incrementalCompile(): Compile {
  const contexts = new Map<string, Entries>();
  const contextFor = (options: Parameters<Compile>[0]): Promise<BuildContext> => {
    const place = options.outdir ?? options.outfile ?? '';
    const names = JSON.stringify(options.entryPoints);
    const known = contexts.get(place);
    if (known?.names === names) return known.context;
    void known?.context.then((one) => one.dispose());
    const entries = { names, context: context(options) };
    contexts.set(place, entries);
    return entries.context;
  };
  const rebuild = async (options: Parameters<Compile>[0]) => (await contextFor(options)).rebuild();
  let restarting: Promise<void> | undefined;
  return async (options: Parameters<Compile>[0]) => {
    try {
      return await rebuild(options);
    } catch (error) {
      if (!/\bThe service (is no longer running|was stopped)/.test(String(error))) throw error;
      // esbuild is a process of its own, and does not replace one that has died before it is told to stop.
      restarting ??= stop().then(() => {
        contexts.clear();
        restarting = undefined;
      });
      await restarting;
      return rebuild(options);
    }
  };
}

/** What esbuild rejects with, as an error whose message has every place with its line; any other error as it is. */
export async function explained(error: unknown): Promise<unknown> {
  if (!isBuildFailure(error)) return error;
  // To leave a package out of the bundle is no way out here, though esbuild recommends it.
  const messages = error.errors.map((one) => ({
    ...one,
    notes: one.notes.filter(({ text }) => !text.includes('as external')),
  }));
  const lines = await formatMessages(messages, { kind: 'error', color: process.stderr.isTTY });
  return new Error(lines.join('').trimEnd());
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error;
}
