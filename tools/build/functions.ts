import path from 'node:path';
import type { BuildOptions } from 'esbuild';
import { type Project, thisProject } from '../project-root';
import { removeAllBut } from '../remove-all-but';
import { bundleDefects } from './checks';
import type { Compile } from './compile';
import type { System } from './contracts';
import { libraryExceptionOptions } from './library-exceptions';
import { writeFiles } from './write-files';

/** The settings every Lambda bundle shares; docs/decisions tell why each. */
export const lambdaBundleOptions = {
  ...libraryExceptionOptions,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
  // This repository's packages come from their sources.
  conditions: ['source', 'module'],
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

/** Where a handler's bundle stands: a folder that is its zip. */
export const bundleOf = (handler: string, project = thisProject()): string =>
  path.join(project.buildFolder, 'functions', handler);

/** Where a bundle's source map stands: apart, since it is not deployed. */
export const sourceMapOf = (handler: string, project: Project): string =>
  path.join(project.buildFolder, 'source-maps', handler, 'index.mjs.map');

/**
 * Bundles the systems' handlers to `build/functions/<system>/<handler>/index.mjs`, and deletes what others left there.
 * Nothing is written unless every bundle passes its checks.
 */
export async function bundleFunctions(
  systems: readonly System[],
  project: Project,
  compile: Compile,
): Promise<void> {
  const handlers = handlersOf(systems);
  const { outputFiles, metafile } = await compile({
    ...lambdaBundleOptions,
    absWorkingDir: project.root,
    entryPoints: handlers.map((handler) => ({ in: `functions/${handler}.ts`, out: `${handler}/index` })),
    outdir: path.join(project.buildFolder, 'functions'),
  });
  const written = new Map(outputFiles.map((file) => [file.path, file.contents]));
  const bundles = systems.flatMap(({ name, handlers, sizeBudget }) =>
    handlers.map((file) => {
      const handler = `${name}/${file}`;
      const bundle = path.join(bundleOf(handler, project), 'index.mjs');
      return {
        handler,
        source: {
          entry: `functions/${handler}.ts`,
          contract: `functions/${name}/contract.ts`,
          sizeBudget,
        },
        files: new Map([['index.mjs', found(written.get(bundle), bundle)]]),
        map: found(written.get(`${bundle}.map`), bundle),
        output: found(
          metafile.outputs[path.relative(project.root, bundle).replaceAll(path.sep, '/')],
          bundle,
        ),
      };
    }),
  );
  const defects = await Promise.all(
    bundles.map(({ source, output, files }) => bundleDefects(source, output, files)),
  );
  if (defects.some(({ length }) => length > 0)) throw new Error(defects.flat().join('\n'));
  for (const { handler, files, map } of bundles) {
    writeFiles(bundleOf(handler, project), files);
    writeFiles(path.dirname(sourceMapOf(handler, project)), new Map([['index.mjs.map', map]]));
  }
  removeOthers(handlers, project);
}

/** By system and file, without `.ts`: `data-api/store-data`. */
export function handlersOf(systems: readonly System[]): string[] {
  return systems.flatMap(({ name, handlers }) => handlers.map((handler) => `${name}/${handler}`));
}

function removeOthers(handlers: readonly string[], { buildFolder }: Project): void {
  const systems = new Set(handlers.map((handler) => path.dirname(handler)));
  for (const folder of ['functions', 'source-maps'].map((name) => path.join(buildFolder, name))) {
    removeAllBut(folder, (system) => systems.has(system));
    for (const system of systems) {
      removeAllBut(path.join(folder, system), (name) => handlers.includes(`${system}/${name}`));
    }
  }
}

function found<T>(value: T | undefined, bundle: string): T {
  if (value === undefined) throw new Error(`esbuild wrote no ${bundle}`);
  return value;
}
