import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Makes a folder, and those it is in. Step by step: Node's own recursion never ends where none can be made, as in /proc. */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder);
}
