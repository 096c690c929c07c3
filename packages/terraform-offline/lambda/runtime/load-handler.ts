import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runtimeError } from './errors';

export type Handler = (event: unknown, context: object, callback?: Callback) => unknown;
export type Callback = (error: unknown, result?: unknown) => void;

/**
 * Finds a handler as Lambda does: `folder/module.nested.name`, the module being a `.js`, `.mjs` or `.cjs` file under
 * the task root.
 * @throws what Lambda's runtime reports: a missing module or handler, a syntax error, or what the module threw
 */
export async function loadHandler(taskRoot: string, handler: string): Promise<Handler> {
  const [, modulePath, nestedName] = /^((?:.*\/)?[^./]+)\.(.+)$/.exec(handler) ?? [];
  if (modulePath === undefined || nestedName === undefined || handler.includes('..')) {
    throw runtimeError('Runtime.MalformedHandlerName', `'${handler}' is not a valid handler name.`);
  }
  const found = property(await importModule(path.resolve(taskRoot, modulePath), modulePath), nestedName);
  if (found === undefined) {
    throw runtimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (!isHandler(found)) throw runtimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  return found;
}

async function importModule(file: string, name: string): Promise<unknown> {
  const existing = ['', '.js', '.mjs', '.cjs'].map((extension) => file + extension).find(existsSync);
  if (existing === undefined) {
    throw runtimeError('Runtime.ImportModuleError', `Error: Cannot find module '${name}'`);
  }
  try {
    return (await import(pathToFileURL(existing).href)) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) throw runtimeError('Runtime.UserCodeSyntaxError', String(error));
    // Of `require` only: a package that `import` does not find is reported as it was thrown.
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') {
      throw runtimeError('Runtime.ImportModuleError', String(error));
    }
    throw error;
  }
}

/** A CommonJS module's exports are what `import` calls its default. */
function property(module: unknown, nestedName: string): unknown {
  return nested(module, nestedName) ?? nested(nested(module, 'default'), nestedName);
}

function nested(value: unknown, name: string): unknown {
  return name
    .split('.')
    .reduce<unknown>(
      (found, key) => (typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined),
      value,
    );
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}
