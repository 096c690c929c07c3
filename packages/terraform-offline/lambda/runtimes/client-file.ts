import path from 'node:path';
import { packageRoot } from '../../package-root';

/**
 * A file that runs in an execution environment: the sources' own, which need no build.
 * @param name `node/client.mjs`
 */
export function clientFile(name: string): string {
  return path.join(packageRoot, 'lambda/runtimes', name);
}
