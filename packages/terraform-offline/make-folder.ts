import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Makes a folder, and those it is in. Step by step: Node's own recursion never ends where none can be made, as in /proc.
 * @throws when one of them cannot be made, or is something else than a folder
 */
export function makeFolder(folder: string): void {
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found) mkdirSync(folder);
  else if (!found.isDirectory()) throw new Error(`"${folder}" is not a folder`);
}
