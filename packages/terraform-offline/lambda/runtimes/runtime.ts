import { packageRoot } from '../../package-root';
import type { LambdaFunction } from '../../terraform/model/function';
import type { DeployedVersion } from '../version';
import { nodeCommand } from './node/node';
import { runtimeFolder } from './node/sdk';
import { pythonCommand } from './python/python';

/**
 * The program that runs a version of a function, and its arguments.
 * @param inspect whether a debugger may connect
 * @throws when the function's runtime is not served, or this machine has no program for it
 */
export async function runtimeCommand(version: DeployedVersion, inspect: boolean): Promise<readonly string[]> {
  const { runtime, name } = version.fn;
  if (runtime.startsWith('nodejs')) return nodeCommand(version, inspect);
  if (runtime.startsWith('python')) return pythonCommand(version);
  throw new Error(`${name}: the runtime ${runtime} is not served locally: nodejs and python are`);
}

/**
 * Where what Lambda has under `/var/runtime` is for a function.
 * @param root a folder outside any project, for what is made for it
 * @param sdkFolders as `LambdaOptions` has them
 */
export function runtimeRoot(
  { runtime, codeDirectory }: LambdaFunction,
  root: string,
  sdkFolders: readonly string[],
): string {
  if (!runtime.startsWith('nodejs')) return '/var/runtime';
  // The code's own folder first: what is run is a copy of it.
  return runtimeFolder(root, [codeDirectory, ...sdkFolders, packageRoot]);
}
