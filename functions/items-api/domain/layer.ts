import { createRequire } from 'node:module';
import type * as Orm from '../layer/items-orm';

const LAYER = 'items-orm';

/**
 * The ORM out of the Lambda layer. It is required, since `import` ignores `NODE_PATH`, which is where Lambda says that
 * layers are.
 * @param url the handler's `import.meta.url`
 * @throws naming the layer when the function does not have it
 */
export function ormLayer(url: string): typeof Orm {
  try {
    return createRequire(url)(LAYER) as typeof Orm;
  } catch (cause) {
    if (!isNotFound(cause)) throw cause;
    throw new Error(
      `The function has no Lambda layer "${LAYER}": there is no such package under /opt/nodejs/node_modules. Give the function the layer in stacks/items-api.ts.`,
      { cause },
    );
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
}
