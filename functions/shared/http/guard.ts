import type { Violation } from './problem';
import { findViolations, type Node, type WalkOptions } from './violations';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-attributes */
const MAX_LEVEL = 32;
/** "At least one character long and less than 64 KB in size". */
const MAX_NAME_BYTES = 64 * 1024 - 1;
/** Half of a character pair: no UTF-8 text can hold it, so it would come back as something else. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Names that give code which copies objects carelessly another prototype. */
export const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * What must not reach a table, whatever the schema says of it: names that reach for a prototype, names and texts that
 * DynamoDB cannot hold, and nesting deeper than it takes. Empty when the value is harmless.
 *
 * @example guard(event, { level: -2 }) // the item lies at event.payload.Item
 */
export function guard(value: unknown, options?: WalkOptions): Violation[] {
  return findViolations(value, complaint, options);
}

function complaint({ value, key, level }: Node): string | undefined {
  if (typeof key === 'string') {
    if (FORBIDDEN_NAMES.has(key)) return 'is a name that is not allowed; choose another';
    if (key === '') return 'is an empty name; DynamoDB takes names of at least one character';
    if (Buffer.byteLength(key) > MAX_NAME_BYTES) return 'has a name of 64 KB or more; DynamoDB takes less';
    if (LONE_SURROGATE.test(key)) return 'has a lone surrogate in its name, which is not valid Unicode';
  }
  if (level > MAX_LEVEL) return `is nested deeper than the ${MAX_LEVEL} levels that DynamoDB takes`;
  if (typeof value === 'string' && LONE_SURROGATE.test(value)) {
    return 'contains a lone surrogate, which is not valid Unicode';
  }
  return undefined;
}
