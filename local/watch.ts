import { type FSWatcher, readdirSync, watch } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../tools/project-root';

/** What the stacks and functions are made of. */
const FOLDERS = ['functions', 'stacks'];
const APP = 'main.ts';

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
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      watchers.update();
      void run();
    }, SETTLED_MS);
  };
  const watchers = watchFolders(changed);
  return {
    close() {
      clearTimeout(timer);
      watchers.close();
    },
  };
}

/**
 * Watches folder by folder. Node's recursive watch follows files on Linux: it misses what happens before it has found
 * them all, and loses a file that an editor replaces when it saves.
 */
function watchFolders(changed: () => void): { update(): void; close(): void } {
  const watchers = new Map<string, FSWatcher>();
  const update = () => {
    const folders = new Set(FOLDERS.flatMap((folder) => foldersIn(path.join(projectRoot, folder))));
    for (const [folder, watcher] of watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    for (const folder of folders) {
      if (!watchers.has(folder)) watchers.set(folder, watch(folder, changed));
    }
  };
  update();
  const root = watch(projectRoot, (_event, file) => {
    if (file === APP) changed();
  });
  return {
    update,
    close() {
      for (const watcher of [root, ...watchers.values()]) watcher.close();
    },
  };
}

function foldersIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return [
    folder,
    ...entries.filter((entry) => entry.isDirectory()).map((entry) => path.join(entry.parentPath, entry.name)),
  ];
}
