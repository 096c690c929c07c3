import path from 'node:path';

/** The folder of this package, whether it runs from its sources or from what is built of them. */
export const packageRoot = path.dirname(require.resolve('terraform-offline/package.json'));

/** A program that this package starts in a process or thread of its own. */
export function programFile(name: string): string {
  const build = path.resolve(packageRoot, '../..', process.env.BUILD_DIR ?? 'build');
  return path.join(build, 'programs/packages/terraform-offline', name);
}
