import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

/** Where the tests build and synthesize: not where their user does. */
const FOLDER = path.join(ROOT, 'node_modules/.cache/tests');

/** Every test sees the bundles and the synthesized Terraform of the sources as they stand. */
export default function synthesizeSources(): void {
  process.env.BUILD_DIR = path.join(FOLDER, 'build');
  // The SDK of the tests' own clients says so on Node 20; functions have theirs.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  process.env.CDKTF_OUTDIR = path.join(FOLDER, 'cdktf.out');
  // Of sources as they stood.
  rmSync(path.join(process.env.BUILD_DIR, 'programs'), { recursive: true, force: true });
  execFileSync(process.execPath, ['tools/ts.mjs', 'tools/synth.ts'], {
    cwd: ROOT,
    // What it warns of is for its user; what it fails with is in the error.
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}
