import type { DeployedVersion } from '../../version';
import { clientFile } from '../client-file';

/** Node.js with the memory settings of Lambda's own, and this machine's version. */
export function nodeCommand({ fn, optRoot }: DeployedVersion, inspect: boolean): readonly string[] {
  const youngMb = Math.floor(fn.memoryMb / 10);
  return [
    process.execPath,
    ...(inspect ? ['--inspect=127.0.0.1:0'] : []),
    '--max-http-header-size=81920',
    `--max-semi-space-size=${Math.floor(youngMb / 2)}`,
    `--max-old-space-size=${fn.memoryMb - youngMb}`,
    clientFile('node/client.mjs'),
    optRoot,
  ];
}
