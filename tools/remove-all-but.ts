import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Deletes what stands in a folder, if there is one, and is not to be kept. */
export function removeAllBut(folder: string, keep: (name: string) => boolean): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!keep(name)) rmSync(path.join(folder, name), { recursive: true });
  }
}
