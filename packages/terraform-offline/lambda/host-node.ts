import type { LambdaFunction } from '../terraform/model/function';

/**
 * Names the functions that run on another Node here than on AWS, where something that they use may be missing.
 * @param version of the Node here; default: this process's, which the functions run on
 * @returns undefined when there is none
 */
export function functionsOfOtherNode(
  functions: readonly Pick<LambdaFunction, 'name' | 'runtime'>[],
  version = process.versions.node,
): string | undefined {
  const here = `nodejs${Number.parseInt(version)}.x`;
  const others = functions.filter(({ runtime }) => runtime.startsWith('nodejs') && runtime !== here);
  if (others.length === 0) return undefined;
  const runtimes = [...new Set(others.map(({ runtime }) => runtime))].map((runtime) => {
    const names = others.filter((fn) => fn.runtime === runtime).map(({ name }) => name);
    return `${runtime}: ${names.join(', ')}`;
  });
  return `On AWS these functions run on another Node than ${version}, on which they run here: ${runtimes.join('; ')}`;
}
