import { existsSync } from 'node:fs';
import path from 'node:path';
import { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import { AssetType, TerraformAsset, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * The zip of a folder under `build/`, made by Terraform. `BUILD_DIR` names another folder for all of them.
 * @param bundle the folder, such as `functions/data-api/store-data`
 * @param name the zip's file name, without `.zip`
 * @throws when the folder is not there
 */
export function bundleArchive(scope: Construct, bundle: string, name: string): DataArchiveFile {
  const folder = path.join(process.env.BUILD_DIR ?? 'build', bundle);
  if (!existsSync(folder)) {
    const source = sourceOf(bundle, TerraformStack.of(scope).node.id);
    const remedy = existsSync(source) ? 'run "npm run build"' : `add ${source}`;
    throw new Error(
      `${scope.node.path}: there is no bundle ${folder}; ${remedy}, or correct the bundle's name`,
    );
  }
  const asset = new TerraformAsset(scope, 'code', {
    path: path.resolve(folder),
    type: AssetType.DIRECTORY,
    // The zip's own hash tells changes; a hash in the path would only make every plan longer.
    assetHash: 'bundle',
  });
  return new DataArchiveFile(scope, 'archive', {
    type: 'zip',
    sourceDir: asset.path,
    outputPath: `assets/${name}.zip`,
    outputFileMode: '0644',
  });
}

/** What a bundle is made of: the entry of a system's layer, a handler's file. */
function sourceOf(bundle: string, system: string): string {
  return bundle.startsWith('layers/')
    ? `functions/${system}/${bundle.replace('layers/', 'layer/')}.ts`
    : `${bundle}.ts`;
}
