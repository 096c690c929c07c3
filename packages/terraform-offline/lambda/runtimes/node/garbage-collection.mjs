import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * `gc()`, which functions have in Lambda, whose Node.js is started with `--expose-gc`. Here the flag is set when it is first
 * asked for: V8 loads none of Node.js's own modules from its cache under another set of flags, which takes a fifth of a
 * start.
 */
export function provideGarbageCollection() {
  const define = (/** @type {unknown} */ value) => {
    Object.defineProperty(globalThis, 'gc', { value, configurable: true, writable: true });
  };
  Object.defineProperty(globalThis, 'gc', {
    configurable: true,
    get() {
      setFlagsFromString('--expose-gc');
      define(runInNewContext('gc'));
      return globalThis.gc;
    },
    set: define,
  });
}
