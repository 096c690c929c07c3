import { build } from 'esbuild';
import { projectRoot } from '../project-root';
import type { Bundled } from './when-changed';

/** The CDKTF app as one file: it loads in half the time that its modules take one by one. */
export const APP = 'build/main.js';

/** Bundles `main.ts`, with cdktf and just the provider classes it uses. */
export async function bundleApp(): Promise<Bundled> {
  return writeApp(false);
}

/** The same with a source map, which doubles the time that bundling and running take: for failures only. */
export async function bundleAppToExplain(): Promise<Bundled> {
  return writeApp(true);
}

async function writeApp(sourcemap: boolean): Promise<Bundled> {
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: ['main.ts'],
    outfile: APP,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    sourcemap: sourcemap && 'inline',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
  });
  return { inputs: Object.keys(metafile.inputs), outputs: [APP] };
}
