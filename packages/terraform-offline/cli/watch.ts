import path from 'node:path';
import { watch as watchFiles } from 'chokidar';
import { messageOf } from '../message-of';

/** An editor that saves writes more than once. */
const SETTLED_MS = 20;

export interface Watch {
  /** The folder that is watched, with all that is in it. */
  readonly root: string;
  /** Whether what stands at this path, from the root on, is watched; asked for folders before what is in them. */
  readonly includes: (path: string) => boolean;
}

/**
 * Calls `onChange` after files changed, with their paths from the root on; never twice at a time, and once more for what
 * changed meanwhile.
 * @param warn told why something cannot be watched
 * @returns resolves once every change from now on is noticed
 */
export async function watch(
  { root, includes }: Watch,
  onChange: (files: readonly string[]) => Promise<void>,
  warn: (message: string) => void,
): Promise<void> {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  const run = async () => {
    if (running) return;
    running = true;
    while (changed.size > 0) {
      const files = [...changed];
      changed.clear();
      await onChange(files);
    }
    running = false;
  };
  const watcher = watchFiles(root, {
    ignoreInitial: true,
    ignored: (file) => file !== root && !includes(path.relative(root, file)),
  });
  watcher.on('all', (_event, file) => {
    changed.add(path.relative(root, file));
    clearTimeout(timer);
    timer = setTimeout(() => void run(), SETTLED_MS);
  });
  watcher.on('error', (error) => {
    warn(`not all changes will be noticed: ${messageOf(error)}`);
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
}
