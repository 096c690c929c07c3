import type { DeployedVersion } from '../../version';
import { packageRoot } from '../../../package-root';
import { clientFile } from '../client-file';

/**
 * Node.js with the memory settings of Lambda's own, and this machine's version.
 * @param sdkFolders as `LambdaOptions` has them
 */
export function nodeCommand(
  { fn, optRoot }: DeployedVersion,
  inspect: boolean,
  sdkFolders: readonly string[],
): readonly string[] {
  const youngMb = Math.floor(fn.memoryMb / 10);
  return [
    process.execPath,
    ...(inspect ? ['--inspect=127.0.0.1:0'] : []),
    '--max-http-header-size=81920',
    `--max-semi-space-size=${Math.floor(youngMb / 2)}`,
    `--max-old-space-size=${fn.memoryMb - youngMb}`,
    clientFile('node/client.mjs'),
    optRoot,
    // The code's own folder first: what is run is a copy of it.
    ...new Set([fn.codeDirectory, ...sdkFolders, packageRoot]),
  ];
}
