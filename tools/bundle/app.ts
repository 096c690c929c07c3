import { build } from 'esbuild';
import { projectRoot } from '../project-root';

/** The CDKTF app as one file: it loads in half the time that its modules take one by one. */
export const APP = 'build/main.js';

/**
 * Bundles `main.ts`, with cdktf and just the provider classes it uses.
 * @param sourcemap doubles the time that bundling and running take, so it is for failures only
 */
export async function bundleApp({ sourcemap = false } = {}): Promise<void> {
  await build({
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
  });
}
