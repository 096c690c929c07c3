import module from 'node:module';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { mapped } from './lambda-paths.mjs';
import { hasSynchronousHooks, withAdvice } from './missing-module.mjs';

/** @typedef {{ parentURL?: string, conditions?: string[] }} Context */

/**
 * Absolute paths under `/var/task`, `/var/runtime` and `/opt` find what Lambda has there, and `import` finds packages by
 * `NODE_PATH`, as it does in Lambda since nodejs18.x. Before Node.js 22.15, `require` does not find these paths.
 * https://nodejs.org/api/module.html#customization-hooks
 * https://aws.amazon.com/blogs/compute/node-js-18-x-runtime-now-available-in-aws-lambda/
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
          for (const parentURL of parentsFor(specifier, context, error)) {
            try {
              return next(specifier, { ...context, parentURL });
            } catch {
              // The next one may have it.
            }
          }
          throw error;
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
 * @param {Context} context
 * @param {(specifier: string, context: Context) => Promise<unknown>} next
 */
export async function resolve(specifier, context, next) {
  try {
    return await next(mapped(specifier, places), context);
  } catch (error) {
    for (const parentURL of parentsFor(specifier, context, error)) {
      try {
        return await next(specifier, { ...context, parentURL });
      } catch {
        // The next one may have it.
      }
    }
    throw error;
  }
}

/**
 * The folders of `NODE_PATH`, as what looks for a package in their `node_modules`; none for `require`, which has been there.
 * @param {string} specifier
 * @param {Context} context
 * @param {unknown} error why it was not found; it gets the advice
 * @returns {string[]} URLs
 */
function parentsFor(specifier, { conditions = [] }, error) {
  if (!isNotFound(error) || /^[./]|^\w+:/.test(specifier)) return [];
  error.message = withAdvice(error.message, specifier);
  if (conditions.includes('require')) return [];
  return (process.env.NODE_PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => path.basename(folder) === 'node_modules')
    .map((folder) => pathToFileURL(path.join(path.resolve(folder), '..', 'function.mjs')).href);
}

/**
 * @param {unknown} error
 * @returns {error is Error}
 */
function isNotFound(error) {
  return error instanceof Error && 'code' in error && /MODULE_NOT_FOUND$/.test(String(error.code));
}
