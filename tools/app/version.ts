import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { APP, VENDOR } from '../bundle/app-files';
import { projectRoot } from '../project-root';

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
