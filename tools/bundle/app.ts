import path from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { projectRoot } from '../project-root';
import { APP, VENDOR } from './app-files';
import type { Compile } from './compiler';
import { VENDOR_MODULE } from './vendor-modules';
import type { Bundled } from './when-changed';

/** How the app's bundle names the one beside it. */
const VENDOR_MODULE_ID = `./${path.basename(VENDOR)}`;

/** Bundles `main.ts` alone; what it imports of the packages, it looks up in the vendor bundle. */
export async function bundleMain(compile: Compile): Promise<ReadonlyMap<string, Bundled>> {
  const inputs = await bundle(compile, {
    entryPoints: ['main.ts'],
    outfile: APP,
    external: [VENDOR_MODULE_ID],
    plugins: [vendorLookup],
  });
  return new Map([
    ['main', { inputs: inputs.filter((input) => !input.startsWith('vendor:')), outputs: [APP] }],
  ]);
}

/** Bundles `main.ts` and everything it imports, with all that explains a failure, which doubles the time it takes. */
export async function bundleAppToExplain(): Promise<void> {
  await bundle(build, {
    entryPoints: ['main.ts'],
    outfile: APP,
    sourcemap: 'inline',
    minifySyntax: false,
    minifyWhitespace: false,
  });
}

/** Bundles modules of the packages, such as `cdktf`, to be looked up by their names. */
export async function bundleVendor(modules: readonly string[], compile: Compile): Promise<Bundled> {
  const lookups = modules
    .map((name) => JSON.stringify(name))
    .map((name) => `exports[${name}] = require(${name});`);
  const inputs = await bundle(compile, {
    stdin: { contents: lookups.join('\n'), resolveDir: projectRoot },
    outfile: VENDOR,
    plugins: [substitutes],
  });
  return { inputs: inputs.filter((input) => input !== '<stdin>'), outputs: [VENDOR] };
}

const vendorLookup: Plugin = {
  name: 'vendor-lookup',
  setup(bundler) {
    bundler.onResolve({ filter: VENDOR_MODULE }, ({ path }) => ({ path, namespace: 'vendor' }));
    bundler.onLoad({ filter: /^/, namespace: 'vendor' }, ({ path }) => ({
      contents: `module.exports = require('${VENDOR_MODULE_ID}')[${JSON.stringify(path)}];`,
    }));
  },
};

/** Modules that cost the app more than they give it, by what stands in their place. */
const SUBSTITUTES: readonly [filter: RegExp, contents: string][] = [
  // A stack trace for every token and construct, for error messages.
  [/[\\/](cdkt[fn]|constructs)[\\/]lib[\\/].*stack-trace\.js$/, 'exports.captureStackTrace = () => [];'],
  // Messages in fifty languages.
  [/[\\/]zod[\\/]v4[\\/]locales[\\/]index\.c?js$/, 'export {};'],
  // For assets of type ARCHIVE, whose zips differ from machine to machine: docs/decisions/0005.
  [
    /[\\/]archiver[\\/]index\.js$/,
    "module.exports = () => { throw new Error('zip with archive_file instead'); };",
  ],
];

const substitutes: Plugin = {
  name: 'substitutes',
  setup(bundler) {
    for (const [filter, contents] of SUBSTITUTES) bundler.onLoad({ filter }, () => ({ contents }));
  },
};

/** @returns what was read */
async function bundle(compile: Compile, options: BuildOptions): Promise<string[]> {
  const { metafile } = await compile({
    absWorkingDir: projectRoot,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'silent',
    ...options,
    metafile: true,
  });
  return Object.keys(metafile.inputs);
}
