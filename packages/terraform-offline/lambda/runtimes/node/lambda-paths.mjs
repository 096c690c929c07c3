import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Where a module is that Lambda has under `/var/task` or `/opt`.
 * @param {string} specifier a path, the URL of a file, or anything else
 * @param {Record<string, string>} roots where Lambda has them → where they are here
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
