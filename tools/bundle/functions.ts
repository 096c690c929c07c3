import path from 'node:path';
import type { BuildOptions, Metafile } from 'esbuild';
import { projectRoot } from '../project-root';
import { removeAllBut } from '../remove-all-but';
import { bundleDefects } from './checks';
import type { Compile } from './compiler';
import { libraryExceptionOptions } from './library-exceptions';
import type { Bundled } from './when-changed';
import { writeFiles } from './write-files';

export const BUNDLES = 'build/functions';
export const SOURCE_MAPS = 'build/source-maps';

/** The settings every Lambda bundle shares; docs/decisions tell why each. */
export const lambdaBundleOptions = {
  ...libraryExceptionOptions,
  absWorkingDir: projectRoot,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
  legalComments: 'none',
  sourcemap: 'external',
  // The sources stand beside the maps' users; with them in the maps, building again takes half as long again.
  sourcesContent: false,
  outExtension: { '.js': '.mjs' },
  metafile: true,
  write: false,
  // Messages are printed by whoever called, with file and line.
  logLevel: 'silent',
} satisfies BuildOptions;

/**
 * Bundles handlers, such as `data-api/store-data`, to `build/functions/<handler>/index.mjs`. Source maps go to
 * `build/source-maps`, so that a function's folder is its zip. Nothing is written unless every bundle passes its checks.
 */
export async function bundleFunctions(
  handlers: readonly string[],
  compile: Compile,
): Promise<ReadonlyMap<string, Bundled>> {
  const { outputFiles, metafile } = await compile({
    ...lambdaBundleOptions,
    entryPoints: handlers.map((handler) => ({ in: `functions/${handler}.ts`, out: `${handler}/index` })),
    outdir: BUNDLES,
  });
  const contentsOf = new Map(
    outputFiles.map((file) => [path.relative(projectRoot, file.path), file.contents]),
  );
  const bundles = handlers.map((handler) => {
    const bundle = path.join(BUNDLES, handler, 'index.mjs');
    return {
      handler,
      bundle,
      code: found(contentsOf.get(bundle), bundle),
      map: found(contentsOf.get(`${bundle}.map`), bundle),
      output: found(metafile.outputs[bundle.replaceAll(path.sep, '/')], bundle),
    };
  });
  const defects = await Promise.all(
    bundles.map(({ handler, output, code }) => bundleDefects(handler, output, code)),
  );
  if (defects.some(({ length }) => length > 0)) throw new Error(defects.flat().join('\n'));
  for (const { handler, code, map } of bundles) {
    writeFiles(path.join(BUNDLES, handler), new Map([['index.mjs', code]]));
    writeFiles(path.join(SOURCE_MAPS, handler), new Map([['index.mjs.map', map]]));
  }
  return new Map(
    bundles.map(({ handler, bundle }) => [
      handler,
      { inputs: inputsOf(`functions/${handler}.ts`, metafile), outputs: [bundle] },
    ]),
  );
}

/** Deletes the bundles of handlers that are gone. */
export function removeOtherFunctions(handlers: readonly string[]): void {
  const systems = new Set(handlers.map((handler) => path.dirname(handler)));
  for (const folder of [BUNDLES, SOURCE_MAPS].map((name) => path.join(projectRoot, name))) {
    removeAllBut(folder, (system) => systems.has(system));
    for (const system of systems) {
      removeAllBut(path.join(folder, system), (name) => handlers.includes(`${system}/${name}`));
    }
  }
}

/** The entry and all that it imports, directly or not: files that end up in no bundle too, since a change may need them. */
function inputsOf(entry: string, { inputs }: Metafile): string[] {
  const reached = new Set([entry]);
  for (const file of reached)
    for (const { path } of inputs[file]?.imports ?? []) if (path in inputs) reached.add(path);
  return [...reached];
}

function found<T>(value: T | undefined, bundle: string): T {
  if (value === undefined) throw new Error(`esbuild wrote no ${bundle}`);
  return value;
}
