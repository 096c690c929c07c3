import { existsSync, type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../tools/project-root';
import { messageOf } from './message-of';

/** What the stacks and functions are made of. */
const FOLDERS = ['functions', 'stacks'];
const APP = 'main.ts';

/** An editor that saves writes more than once. */
const SETTLED_MS = 20;

/**
 * Calls `onChange` after sources changed; never twice at a time, and once more for what changed meanwhile.
 * @param warn told why something cannot be watched
 */
export function watchSources(onChange: () => Promise<void>, warn: (message: string) => void): void {
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
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      update();
      void run();
    }, SETTLED_MS);
  };
  const update = folderWatcher(changed, warn);
  update();
  watchRoot(changed, warn);
}

/**
 * Watches folder by folder. Node's recursive watch follows files on Linux: it misses what happens before it has found
 * them all, and loses a file that an editor replaces when it saves.
 * @returns to be called when folders may have come or gone
 */
function folderWatcher(changed: () => void, warn: (message: string) => void): () => void {
  /** By path and identity: a watch ends with its folder, and a version control system may put another in its place. */
  const watchers = new Map<string, FSWatcher>();
  const stop = (key: string) => {
    watchers.get(key)?.close();
    watchers.delete(key);
  };
  const update = () => {
    const folders = new Map(FOLDERS.flatMap((folder) => foldersIn(path.join(projectRoot, folder))));
    for (const key of watchers.keys()) if (!folders.has(key)) stop(key);
    for (const [key, folder] of folders) {
      if (watchers.has(key)) continue;
      const watcher = watch(folder, changed);
      watcher.on('error', () => {
        stop(key);
      });
      watchers.set(key, watcher);
    }
  };
  return () => {
    try {
      update();
    } catch (error) {
      // A folder went while it was looked at: its parent, or the project, tells when it is back.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') warn(unwatched(error));
    }
  };
}

/** Tells of the app, and of folders that come or go. */
function watchRoot(changed: () => void, warn: (message: string) => void): void {
  try {
    watch(projectRoot, (_event, file) => {
      if (file === APP || (file !== null && FOLDERS.includes(file))) changed();
    }).on('error', (error) => {
      warn(unwatched(error));
    });
  } catch (error) {
    warn(unwatched(error));
  }
}

function unwatched(error: unknown): string {
  return `not all changes will be noticed: ${messageOf(error)}`;
}

/** A folder and all below it, by path and identity; none when it is not there. */
function foldersIn(folder: string): [key: string, folder: string][] {
  if (!existsSync(folder)) return [];
  const below = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return [folder, ...below.map((entry) => path.join(entry.parentPath, entry.name))].map((one) => {
    const { ino, birthtimeMs } = statSync(one);
    return [`${one} ${ino} ${birthtimeMs}`, one];
  });
}
