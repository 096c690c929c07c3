import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { functionEntries } from './bundle/entries';
import { layers } from './bundle/layers';
import { writeFiles } from './bundle/write-files';
import { projectRoot } from './project-root';
import { outputFolder, stacksOf } from './terraform/stacks';

/** Makes the copies in `cdktf.out` equal to their bundles again; false when a bundle is gone, and nothing was done. */
export type RefreshCopies = () => boolean;

/**
 * Finds out which bundle each asset in `cdktf.out` is a copy of, as long as they are equal. When nothing but bundles
 * changes, refreshing their copies gives what synth would give, in a fraction of the time.
 * @returns undefined when an asset equals no bundle, or several, or there is no `cdktf.out`: then only synth can tell
 */
export function bundleCopies(): RefreshCopies | undefined {
  if (!existsSync(path.join(outputFolder(), 'manifest.json'))) return undefined;
  const bundles = new Map<string, string[]>();
  for (const folder of bundleFolders()) {
    const hash = hashOf(filesIn(folder));
    bundles.set(hash, [...(bundles.get(hash) ?? []), folder]);
  }
  const copies = new Map<string, string>();
  for (const asset of assetFolders()) {
    const [bundle, ...others] = bundles.get(hashOf(filesIn(asset))) ?? [];
    if (bundle === undefined || others.length > 0) return undefined;
    copies.set(asset, bundle);
  }
  return () => {
    if (![...copies.values()].every((bundle) => existsSync(bundle))) return false;
    for (const [asset, bundle] of copies) writeFiles(path.relative(projectRoot, asset), filesIn(bundle));
    return true;
  };
}

function bundleFolders(): string[] {
  const bundles = [
    ...functionEntries().map((handler) => path.join('build/functions', handler)),
    ...layers.map((layer) => path.join('build/layers', layer)),
  ];
  return bundles.map((bundle) => path.join(projectRoot, bundle)).filter((folder) => existsSync(folder));
}

function assetFolders(): string[] {
  return stacksOf(outputFolder())
    .map(({ folder }) => path.join(folder, 'assets'))
    .filter((assets) => existsSync(assets))
    .flatMap((assets) =>
      readdirSync(assets, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => path.join(assets, name, 'bundle')),
    );
}

function filesIn(folder: string): Map<string, Buffer> {
  if (!existsSync(folder)) return new Map();
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [path.relative(folder, file), readFileSync(file)]),
  );
}

function hashOf(files: ReadonlyMap<string, Buffer>): string {
  const hash = createHash('sha256');
  for (const [name, contents] of files) hash.update(`${name}\0${contents.length}\0`).update(contents);
  return hash.digest('hex');
}
