// What `module-hooks.mjs` does, for Node.js before 22.15; docs/decisions/0013 says why this file reaches into it.
import module from 'node:module';
import { pathToFileURL } from 'node:url';
import { mapped } from './lambda-paths.mjs';
import { sdkFile } from './sdk.mjs';

/** @typedef {{ roots: Record<string, string>, sdkFolders: readonly string[] }} Places */

/**
 * @param {Record<string, string>} roots
 * @param {readonly string[]} sdkFolders
 */
export function hookModulesOfNode20(roots, sdkFolders) {
  module.register(import.meta.url, { data: { roots, sdkFolders } });
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

/** In the thread of the hooks for `import`, which `require` does not ask. @type {Places} */
let places = { roots: {}, sdkFolders: [] };

/** @param {Places} data */
export function initialize(data) {
  places = data;
}

/**
 * @param {string} specifier
 * @param {object} context
 * @param {(specifier: string, context: object) => unknown} next
 */
export async function resolve(specifier, context, next) {
  try {
    return await next(mapped(specifier, places.roots), context);
  } catch (error) {
    return next(pathToFileURL(sdkFile(specifier, places.sdkFolders, error)).href, context);
  }
}
