import path from 'node:path';
import { buildFolder } from '../project-root';
import { layerDefects } from './checks';
import type { Compile } from './compile';
import { lambdaBundleOptions } from './functions';
import { writeFiles } from './write-files';

/** Folder under `functions/layers/` → the npm package that the layer holds; the folder's file of that name is its entry. */
const PACKAGES: Readonly<Record<string, string>> = { orm: 'items-orm' };

/**
 * Bundles layers, each to one package under `build/layers/<layer>/nodejs/node_modules`, where Lambda's `NODE_PATH` looks
 * once the folder's contents are under `/opt`.
 */
export async function bundleLayers(compile: Compile): Promise<void> {
  await Promise.all(Object.entries(PACKAGES).map(([layer, name]) => bundleLayer(layer, name, compile)));
}

async function bundleLayer(layer: string, name: string, compile: Compile): Promise<void> {
  const folder = path.join(buildFolder(), 'layers', layer);
  const { outputFiles, metafile } = await compile({
    ...lambdaBundleOptions,
    entryPoints: [`functions/layers/${layer}/${name}.ts`],
    outfile: path.join(folder, 'index.js'),
    // `require` is the way into a layer: `import` knows no NODE_PATH.
    format: 'cjs',
    // Functions bring their maps; a layer's would be the largest file of the build.
    sourcemap: false,
    outExtension: {},
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error(`esbuild wrote nothing for functions/layers/${layer}/${name}.ts`);
  const manifest = JSON.stringify({ name, version: '1.0.0', main: 'index.js', type: 'commonjs' });
  const root = `nodejs/node_modules/${name}`;
  const files = new Map([
    [`${root}/package.json`, Buffer.from(manifest)],
    [`${root}/index.js`, bundle.contents],
  ]);
  const [output] = Object.values(metafile.outputs);
  const defects = output ? await layerDefects(layer, output, files) : [];
  if (defects.length > 0) throw new Error(defects.join('\n'));
  writeFiles(folder, files);
}
