import { build, type BuildOptions, type Plugin } from 'esbuild';
import { projectRoot } from '../project-root';
import type { Bundled } from './when-changed';

/** The CDKTF app as one file: it loads in half the time that its modules take one by one. */
export const APP = 'build/main.js';

/** Bundles `main.ts`, with cdktf and just the provider classes it uses, to run as fast as it can. */
export async function bundleApp(): Promise<Bundled> {
  return writeApp({ minifySyntax: true, minifyWhitespace: true, plugins: [substitutes] });
}

/** The same with all that explains a failure, which doubles the time that bundling and running take. */
export async function bundleAppToExplain(): Promise<Bundled> {
  return writeApp({ sourcemap: 'inline' });
}

/** Modules of cdktf that cost the app more than they give it, by what stands in their place. */
const SUBSTITUTES: readonly [filter: RegExp, contents: string][] = [
  // A stack trace for every token and construct, for error messages.
  [/[\\/](cdktf|constructs)[\\/]lib[\\/].*stack-trace\.js$/, 'exports.captureStackTrace = () => [];'],
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

async function writeApp(options: BuildOptions): Promise<Bundled> {
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: ['main.ts'],
    outfile: APP,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    legalComments: 'none',
    logLevel: 'silent',
    ...options,
    metafile: true,
  });
  return { inputs: Object.keys(metafile.inputs), outputs: [APP] };
}
