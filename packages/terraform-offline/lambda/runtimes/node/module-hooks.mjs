import module, { createRequire } from 'node:module';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { mapped } from './lambda-paths.mjs';

/** Lambda's Node.js has the AWS SDK, which code need not bring: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html */
const SDK = /^@(aws-sdk|smithy)\//;

/** Whether `require` can be told where Lambda's folders are: since Node.js 22.15. */
export const hasSynchronousHooks = 'registerHooks' in module;

/**
 * Absolute paths under `/var/task` and `/opt` find the code and the layers, and `import` finds the AWS SDK where `require` does,
 * by `NODE_PATH`. Before 22.15, `require` does not find these paths.
 * https://nodejs.org/api/module.html#customization-hooks
 * @param {Record<string, string>} roots where Lambda has them → where they are here
 */
export function hookModules(roots) {
  initialize(roots);
  if (hasSynchronousHooks) {
    module.registerHooks({
      resolve(specifier, context, next) {
        try {
          return next(mapped(specifier, roots), context);
        } catch (error) {
          return next(sdkUrl(specifier, error), context);
        }
      },
    });
  } else {
    withoutStandardOutput(() => module.register(import.meta.url, { data: roots }));
  }
}

/**
 * The thread of hooks passes on what is written in it, and would open the standard output for that, which is then no more
 * written to at once: `fs.writeSync(1, …)` would fail when the server is slow to read.
 * @param {() => void} start
 */
function withoutStandardOutput(start) {
  const { stdout, stderr } = Object.getOwnPropertyDescriptors(process);
  const nowhere = { configurable: true, value: new PassThrough().resume() };
  Object.defineProperties(process, { stdout: nowhere, stderr: nowhere });
  start();
  Object.defineProperties(process, { stdout, stderr });
}

/** In the thread of the hooks, if there is one. @type {Record<string, string>} */
let places = {};

/** @param {Record<string, string>} roots */
export function initialize(roots) {
  places = roots;
}

/**
 * @param {string} specifier
 * @param {object} context
 * @param {(specifier: string, context: object) => unknown} next
 */
export async function resolve(specifier, context, next) {
  try {
    return await next(mapped(specifier, places), context);
  } catch (error) {
    return next(sdkUrl(specifier, error), context);
  }
}

/** What looks for it is asked for the same package again. */
let isLooking = false;

/**
 * @param {string} specifier
 * @param {unknown} error why it was not found
 * @returns {string} the URL of its file
 * @throws that, for all but the SDK, and for the SDK with what to do
 */
function sdkUrl(specifier, error) {
  if (isLooking || !SDK.test(specifier) || !isNotFound(error)) throw error;
  isLooking = true;
  try {
    const file = createRequire(path.join(places['/var/task'] ?? '/', 'function.js')).resolve(specifier);
    return pathToFileURL(file).href;
  } catch {
    const [scope, name] = specifier.split('/');
    error.message += `: Lambda's Node.js has it, and the folders of the code, of what is served and of the terminal have not: npm install ${scope}/${name} in one of them`;
    throw error;
  } finally {
    isLooking = false;
  }
}

/**
 * @param {unknown} error
 * @returns {error is Error}
 */
function isNotFound(error) {
  return error instanceof Error && 'code' in error && /MODULE_NOT_FOUND$/.test(String(error.code));
}
