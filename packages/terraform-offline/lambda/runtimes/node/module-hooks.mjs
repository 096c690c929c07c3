import module from 'node:module';
import { mapped } from './lambda-paths.mjs';
import { hookModulesOfNode20 } from './module-hooks-node-20.mjs';
import { sdkFile } from './sdk.mjs';

/**
 * Absolute paths under `/var/task` and `/opt` find the code and the layers, in `import` and in `require`; so do packages of
 * the AWS SDK where this machine has them. https://nodejs.org/api/module.html#synchronous-hooks-accepted-by-moduleregisterhooks
 * @param {Record<string, string>} roots where Lambda has them → where they are here
 * @param {readonly string[]} sdkFolders from where on the SDK is looked for
 */
export function hookModules(roots, sdkFolders) {
  // Node.js has it from 22.15 on.
  if (!('registerHooks' in module)) return hookModulesOfNode20(roots, sdkFolders);
  module.registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(mapped(specifier, roots), context);
      } catch (error) {
        return next(sdkFile(specifier, sdkFolders, error), context);
      }
    },
  });
}
