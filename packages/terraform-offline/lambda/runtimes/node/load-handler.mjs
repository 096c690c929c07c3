import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runtimeError } from './errors.mjs';
import { hasSynchronousHooks, withAdvice } from './missing-module.mjs';

/** How `awslambda.streamifyResponse` marks a handler. */
export const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** @typedef {((...args: any[]) => unknown) & {[STREAMING]?: string}} LoadedHandler */

/** From here on there are no callbacks. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html */
const FIRST_WITHOUT_CALLBACKS = 24;

export const hasCallbacks =
  Number(/nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? '')?.[1]) < FIRST_WITHOUT_CALLBACKS;

/**
 * Finds a handler as Lambda does: `folder/module.nested.name`, the module being a `.js`, `.mjs` or `.cjs` file under
 * the task root.
 * @param {string} taskRoot
 * @param {string} handler
 * @returns {Promise<LoadedHandler>}
 * @throws what Lambda's runtime reports: a missing module or handler, a syntax error, or what the module threw
 */
export async function loadHandler(taskRoot, handler) {
  const [, modulePath, nestedName] = /^((?:.*\/)?[^./]+)\.(.+)$/.exec(handler) ?? [];
  if (modulePath === undefined || nestedName === undefined || handler.includes('..')) {
    throw runtimeError('Runtime.MalformedHandlerName', `'${handler}' is not a valid handler name.`);
  }
  const found = property(await importModule(path.resolve(taskRoot, modulePath), modulePath), nestedName);
  if (found === undefined) {
    throw runtimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof found !== 'function') {
    throw runtimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  }
  if (!hasCallbacks && found.length >= 3 && !found[STREAMING]) {
    throw runtimeError(
      'Runtime.CallbackHandlerDeprecated',
      'AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
        'You need to modify this function to use a supported handler signature to use Node.js 24 or later.',
    );
  }
  return found;
}

/**
 * @param {string} file
 * @param {string} name
 */
async function importModule(file, name) {
  const existing = ['', '.js', '.mjs', '.cjs'].map((extension) => file + extension).find(existsSync);
  if (existing === undefined) {
    throw runtimeError('Runtime.ImportModuleError', `Error: Cannot find module '${name}'`);
  }
  try {
    return await import(pathToFileURL(existing).href);
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError('Runtime.UserCodeSyntaxError', String(error), error);
    // Of `require` only: a package that `import` does not find is reported as it was thrown.
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') {
      throw runtimeError('Runtime.ImportModuleError', advised(error), error);
    }
    throw error;
  }
}

/**
 * Before Node.js 22.15 nothing else has told `require` what to do.
 * @param {Error} error that a module was not found
 */
function advised(error) {
  const [, specifier = ''] = /^Cannot find module '([^']+)'/.exec(error.message) ?? [];
  return hasSynchronousHooks ? String(error) : withAdvice(String(error), specifier);
}

/**
 * A CommonJS module's exports are what `import` calls its default.
 * @param {any} module
 * @param {string} nestedName
 */
function property(module, nestedName) {
  return nested(module, nestedName) ?? nested(module?.default, nestedName);
}

/**
 * @param {any} value
 * @param {string} name
 * @returns {any}
 */
function nested(value, name) {
  return name.split('.').reduce((found, key) => found?.[key], value);
}
