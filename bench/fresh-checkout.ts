import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copySources, linkDependencies } from '../tools/checkout-copy';

/** The sources in a folder of their own, where nothing is built yet, with this project's dependencies. */
export function freshCheckout(): { readonly root: string; readonly remove: () => void } {
  const root = mkdtempSync(path.join(realpathSync(tmpdir()), 'bench-'));
  copySources(root);
  linkDependencies(root);
  return {
    root,
    remove() {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
