import { type FSWatcher, watch } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../tools/project-root';

/** What the stacks and functions are made of. */
const SOURCES = ['functions', 'stacks', 'main.ts'];

/** An editor that saves writes more than once. */
const SETTLED_MS = 20;

/**
 * Calls `onChange` after sources changed; never twice at a time, and once more for what changed meanwhile.
 * @returns what ends it
 */
export function watchSources(onChange: () => Promise<void>): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let running = false;
  let again = false;

  const run = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    await onChange();
    running = false;
    if (again) {
      again = false;
      await run();
    }
  };
  const watchers = SOURCES.map((source): FSWatcher =>
    watch(path.join(projectRoot, source), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void run(), SETTLED_MS);
    }),
  );
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
