import { types } from 'node:util';

/**
 * Jest runs tests in a realm of their own, where errors that Node itself makes are not `instanceof Error`. The AWS SDK
 * then wraps them and their `code` is lost, which does not happen outside of jest. Import this where such errors matter.
 */
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    if (this === Error && types.isNativeError(value)) return true;
    return Function.prototype[Symbol.hasInstance].call(this as typeof Error, value);
  },
});
