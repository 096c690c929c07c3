import path from 'node:path';

/** The folder of this package, whether it runs from its sources or from what is built of them. */
export const packageRoot = path.dirname(require.resolve('terraform-offline/package.json'));
