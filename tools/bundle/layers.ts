import { build } from 'esbuild';
import { lambdaBundleOptions } from './functions';
import { writeFiles } from './write-files';

/** Folder under `functions/layers/` → the npm package that the layer holds; the folder's file of that name is its entry. */
const LAYERS = { orm: 'items-orm' } as const;

/**
 * Bundles every layer to one package under `build/layers/<layer>/nodejs/node_modules`, where Lambda's `NODE_PATH` looks
 * once the folder's contents are under `/opt`.
 */
export async function bundleLayers(): Promise<void> {
  await Promise.all(Object.entries(LAYERS).map(([layer, name]) => bundleLayer(layer, name)));
}

async function bundleLayer(layer: string, name: string): Promise<void> {
  const { outputFiles } = await build({
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
  writeFiles(
    `build/layers/${layer}`,
    new Map([
      [`${root}/package.json`, Buffer.from(manifest)],
      [`${root}/index.js`, bundle.contents],
    ]),
  );
}
