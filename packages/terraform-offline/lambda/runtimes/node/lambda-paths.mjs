import module from 'node:module';
import { mapped } from './lambda-path-hooks.mjs';
import { sdkFile } from './sdk.mjs';

/**
 * Absolute paths under `/var/task` and `/opt` find the code and the layers, in `import` and in `require`; so do packages of
 * the AWS SDK where this machine has them.
 * @param {Record<string, string>} roots where Lambda has them → where they are here
 * @param {readonly string[]} sdkFolders from where on the SDK is looked for
 */
export function mapLambdaPaths(roots, sdkFolders) {
  if ('registerHooks' in module) {
    module.registerHooks({
      resolve(specifier, context, next) {
        try {
          return next(mapped(specifier, roots), context);
        } catch (error) {
          return next(sdkFile(specifier, sdkFolders, error), context);
        }
      },
    });
    return;
  }
  // Node.js 20: what `register` takes knows nothing of `require`, whose one place to ask is this.
  module.register('./lambda-path-hooks.mjs', import.meta.url, { data: { roots, sdkFolders } });
  // Its thread has opened the standard output, which made `fs.writeSync(1, …)` fail when the server is slow to read.
  for (const stream of [process.stdout, process.stderr]) {
    const { _handle } = /** @type {any} */ (stream);
    _handle?.setBlocking?.(true);
  }
  const internals = /** @type {any} */ (module);
  const resolveFilename = internals._resolveFilename;
  internals._resolveFilename = (/** @type {string} */ request, /** @type {any[]} */ ...rest) => {
    try {
      return resolveFilename(mapped(request, roots), ...rest);
    } catch (error) {
      return sdkFile(request, sdkFolders, error);
    }
  };
}
