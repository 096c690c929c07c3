import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root';

/**
 * The CDKTF app: `main.ts` with all that is this project's. Together with the vendor bundle it loads in half the time
 * that its modules take one by one, and is bundled anew in a tenth of what one file would take.
 */
export const APP = 'build/main.js';

/** What the app imports of packages, by their names. */
export const VENDOR = 'build/vendor.js';

/** Equal for apps that synthesize the same. */
export function appVersion(): string {
  return versionOf(APP, VENDOR);
}

/** Equal for apps that only differ in what is this project's. */
export function vendorVersion(): string {
  return versionOf(VENDOR);
}

function versionOf(...files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files.map((name) => path.join(projectRoot, name))) {
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}
