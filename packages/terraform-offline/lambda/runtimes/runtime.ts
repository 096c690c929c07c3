import type { DeployedVersion } from '../version';
import { nodeCommand } from './node/node';
import { pythonCommand } from './python/python';

/**
 * The program that runs a version of a function, and its arguments.
 * @param inspect whether a debugger may connect
 * @param sdkFolders as `LambdaOptions` has them
 * @throws when the function's runtime is not served, or this machine has no program for it
 */
export async function runtimeCommand(
  version: DeployedVersion,
  inspect: boolean,
  sdkFolders: readonly string[],
): Promise<readonly string[]> {
  const { runtime, name } = version.fn;
  if (runtime.startsWith('nodejs')) return nodeCommand(version, inspect, sdkFolders);
  if (runtime.startsWith('python')) return pythonCommand(version);
  throw new Error(`${name}: the runtime ${runtime} is not served locally: nodejs and python are`);
}
