import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { functionEntries } from '../bundle/entries';
import { layers } from '../bundle/layers';
import { writeFiles } from '../bundle/write-files';
import { contentsOf, hashOf } from '../folder-contents';
import { projectRoot } from '../project-root';
import { outputFolder, stacksOf } from '../terraform/stacks';

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
    const hash = hashOf(contentsOf(folder));
    bundles.set(hash, [...(bundles.get(hash) ?? []), folder]);
  }
  const copies = new Map<string, string>();
  for (const asset of assetFolders()) {
    if (!existsSync(asset)) return undefined;
    const [bundle, ...others] = bundles.get(hashOf(contentsOf(asset))) ?? [];
    if (bundle === undefined || others.length > 0) return undefined;
    copies.set(asset, bundle);
  }
  return () => {
    if (![...copies.values()].every((bundle) => existsSync(bundle))) return false;
    for (const [asset, bundle] of copies) writeFiles(path.relative(projectRoot, asset), contentsOf(bundle));
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

/** What the stacks zip, whether it is there or not. */
function assetFolders(): string[] {
  return stacksOf(outputFolder()).flatMap(({ folder }) => {
    const { data } = JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as {
      data?: { archive_file?: Readonly<Record<string, { source_dir: string }>> };
    };
    return Object.values(data?.archive_file ?? {}).map(({ source_dir }) => path.join(folder, source_dir));
  });
}
