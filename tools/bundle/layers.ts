import { layerDefects } from './checks';
import type { Compile } from './compiler';
import { lambdaBundleOptions } from './functions';
import type { Bundled } from './when-changed';
import { writeFiles } from './write-files';

/** Folder under `functions/layers/` → the npm package that the layer holds; the folder's file of that name is its entry. */
const PACKAGES: Readonly<Record<string, string>> = { orm: 'items-orm' };

export const layers = Object.keys(PACKAGES);

/**
 * Bundles layers, each to one package under `build/layers/<layer>/nodejs/node_modules`, where Lambda's `NODE_PATH` looks
 * once the folder's contents are under `/opt`.
 */
export async function bundleLayers(
  changed: readonly string[],
  compile: Compile,
): Promise<ReadonlyMap<string, Bundled>> {
  return new Map(
    await Promise.all(
      changed.map(async (layer): Promise<[string, Bundled]> => [layer, await bundleLayer(layer, compile)]),
    ),
  );
}

async function bundleLayer(layer: string, compile: Compile): Promise<Bundled> {
  const name = PACKAGES[layer];
  const { outputFiles, metafile } = await compile({
    ...lambdaBundleOptions,
    entryPoints: [`functions/layers/${layer}/${name}.ts`],
    outfile: `build/layers/${layer}/index.js`,
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
  const folder = `build/layers/${layer}`;
  writeFiles(folder, files);
  return {
    inputs: Object.keys(metafile.inputs),
    outputs: [...files.keys()].map((file) => `${folder}/${file}`),
  };
}
