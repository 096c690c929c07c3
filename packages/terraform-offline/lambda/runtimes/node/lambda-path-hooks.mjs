// Node's hooks for `import`: https://nodejs.org/api/module.html#customization-hooks
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sdkFile } from './sdk.mjs';

/** @typedef {{ roots: Record<string, string>, sdkFolders: readonly string[] }} Places */

/** @type {Places} */
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

/**
 * @param {string} specifier a path, the URL of a file, or anything else
 * @param {Record<string, string>} roots
 * @returns {string} of the same kind
 */
export function mapped(specifier, roots) {
  if (specifier.startsWith('file:')) {
    const file = fileURLToPath(specifier);
    const real = mapped(file, roots);
    return real === file ? specifier : pathToFileURL(real).href;
  }
  for (const [root, real] of Object.entries(roots)) {
    if (specifier === root || specifier.startsWith(`${root}/`)) {
      return path.join(real, specifier.slice(root.length));
    }
  }
  return specifier;
}
