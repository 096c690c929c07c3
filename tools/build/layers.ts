import path from 'node:path';
import type { Layer } from '../../functions/shared/contract';
import { type Project, thisProject } from '../project-root';
import { removeAllBut } from '../remove-all-but';
import { bundleDefects } from './checks';
import type { Compile } from './compile';
import type { System } from './contracts';
import { lambdaBundleOptions } from './functions';
import { writeFiles } from './write-files';

/** Where a layer's contents stand: what Lambda unpacks to `/opt`. */
export const layerOf = (name: string, project = thisProject()): string =>
  path.join(project.buildFolder, 'layers', name);

/**
 * Bundles the layers of the systems that have one, each to one package under `build/layers/<name>/nodejs/node_modules`,
 * where Lambda's `NODE_PATH` looks once the folder's contents are under `/opt`.
 */
export async function bundleLayers(
  systems: readonly System[],
  project: Project,
  compile: Compile,
): Promise<void> {
  const layers = systems.flatMap(({ name, layer }) => (layer ? [{ system: name, layer }] : []));
  await Promise.all(layers.map(({ system, layer }) => bundleLayer(system, layer, project, compile)));
  removeAllBut(path.join(project.buildFolder, 'layers'), (name) =>
    layers.some(({ layer }) => layer.name === name),
  );
}

async function bundleLayer(
  system: string,
  { name, sizeBudget }: Layer,
  project: Project,
  compile: Compile,
): Promise<void> {
  const entry = `functions/${system}/layer/${name}.ts`;
  const { outputFiles, metafile } = await compile({
    ...lambdaBundleOptions,
    absWorkingDir: project.root,
    entryPoints: [entry],
    outfile: path.join(layerOf(name, project), 'index.js'),
    // `require` is the way into a layer: `import` knows no NODE_PATH.
    format: 'cjs',
    // Functions bring their maps; a layer's would be the largest file of the build.
    sourcemap: false,
    outExtension: {},
  });
  const [bundle] = outputFiles;
  const [output] = Object.values(metafile.outputs);
  if (!bundle || !output) throw new Error(`esbuild wrote nothing for ${entry}`);
  const manifest = JSON.stringify({ name, version: '1.0.0', main: 'index.js', type: 'commonjs' });
  const root = `nodejs/node_modules/${name}`;
  const files = new Map([
    [`${root}/package.json`, Buffer.from(manifest)],
    [`${root}/index.js`, bundle.contents],
  ]);
  const source = { entry, contract: `functions/${system}/contract.ts`, sizeBudget };
  const defects = await bundleDefects(source, output, files);
  if (defects.length > 0) throw new Error(defects.join('\n'));
  writeFiles(layerOf(name, project), files);
}
