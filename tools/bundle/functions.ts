import path from 'node:path';
import { build, type BuildOptions, type OutputFile } from 'esbuild';
import { projectRoot } from '../project-root';
import { bundleDefects } from './checks';
import { functionEntries } from './entries';
import type { Bundled } from './when-changed';
import { writeFiles } from './write-files';

const OUT = 'build/functions';
const SOURCE_MAPS = 'build/source-maps';

/** The settings every Lambda bundle shares; docs/decisions tell why each. */
export const lambdaBundleOptions = {
  absWorkingDir: projectRoot,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  mainFields: ['module', 'main'],
  legalComments: 'none',
  alias: {
    '@aws-sdk/credential-provider-node': path.join(projectRoot, 'tools/bundle/lambda-credentials.ts'),
  },
  sourcemap: 'external',
  outExtension: { '.js': '.mjs' },
  metafile: true,
  write: false,
  // Messages are printed by whoever called, with file and line.
  logLevel: 'silent',
} satisfies BuildOptions;

/**
 * Bundles every handler to `build/functions/<system>/<handler>/index.mjs`. Source maps go to `build/source-maps`, so
 * that a function's folder is its zip. Nothing is written unless every bundle passes its checks.
 */
export async function bundleFunctions(): Promise<Bundled> {
  const entries = functionEntries();
  const { outputFiles, metafile } = await build({
    ...lambdaBundleOptions,
    entryPoints: entries.map(({ system, handler }) => ({
      in: `functions/${system}/${handler}.ts`,
      out: `${system}/${handler}/index`,
    })),
    outdir: OUT,
  });
  const byPath = new Map(outputFiles.map((file) => [path.relative(projectRoot, file.path), file]));
  const defects = entries.flatMap(({ system, handler }) => {
    const bundle = path.join(OUT, system, handler, 'index.mjs');
    return bundleDefects(
      system,
      handler,
      found(metafile.outputs[bundle.replaceAll(path.sep, '/')], bundle),
      found(byPath.get(bundle), bundle).contents,
    );
  });
  if (defects.length > 0) throw new Error(defects.join('\n'));
  writeFiles(
    OUT,
    relativeTo(OUT, outputFiles, (file) => !isSourceMap(file)),
  );
  writeFiles(SOURCE_MAPS, relativeTo(OUT, outputFiles, isSourceMap));
  return {
    inputs: Object.keys(metafile.inputs),
    outputs: [...byPath.keys()].filter((file) => !file.endsWith('.map')),
  };
}

function isSourceMap(file: OutputFile): boolean {
  return file.path.endsWith('.map');
}

function relativeTo(folder: string, files: OutputFile[], filter: (file: OutputFile) => boolean) {
  const root = path.join(projectRoot, folder);
  return new Map(files.filter(filter).map((file) => [path.relative(root, file.path), file.contents]));
}

function found<T>(value: T | undefined, bundle: string): T {
  if (value === undefined) throw new Error(`esbuild wrote no ${bundle}`);
  return value;
}
