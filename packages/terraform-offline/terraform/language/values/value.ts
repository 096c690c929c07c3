/**
 * A value of Terraform's language. Tuples are arrays and objects are Maps; lists and maps, which Terraform tells from them
 * by type alone, are their subclasses. Maps hold their keys in the order in which Terraform iterates: by code point.
 * Numbers are doubles: results are rounded to the 15 digits that those hold.
 */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | SetValue
  | Members
  | Unknown;

/** `list(T)`; a plain array is a tuple. */
export class List extends Array<Value> {}

/** `map(T)`; a plain Map is an object. */
export class MapValue extends Map<string, Value> {}

/** `set(T)`: elements without repetition, in Terraform's order. */
export class SetValue {
  constructor(readonly elements: readonly Value[]) {}
}

/** A value that only AWS, or something else that is not asked here, knows. What is made from it is unknown too. */
export class Unknown {
  /** @param reason what it is, why it is not known and what to do */
  constructor(readonly reason: string) {}
}

/** An object whose members are evaluated when they are read, and only those. */
export abstract class Members {
  abstract names(): readonly string[];
  /** Undefined when there is no such member. */
  abstract get(name: string): Value | undefined;
  /** What an error says of a member that is not there. */
  abstract missing(name: string): string;
  /** A block that stands alone in JSON: the element 0 of itself. */
  readonly isBlock: boolean = false;
}

/** Thrown when an operation needs a value that is not known; the operation's result is then `unknown`. */
export class NotKnown extends Error {
  constructor(readonly unknown: Unknown) {
    super(unknown.reason);
  }
}

/** A Map with its keys in order. */
export function objectOf(entries: Iterable<readonly [string, Value]>): Map<string, Value> {
  return new Map(sortedByKey(entries));
}

/** A `map(T)` with its keys in order. */
export function mapOf(entries: Iterable<readonly [string, Value]>): MapValue {
  return new MapValue(sortedByKey(entries));
}

export function listOf(elements: Iterable<Value>): List {
  const list = new List();
  for (const element of elements) list.push(element);
  return list;
}

/** By code point, as Go compares UTF-8. */
export function compareText(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    const order = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function sortedByKey(entries: Iterable<readonly [string, Value]>): (readonly [string, Value])[] {
  return [...new Map(entries)].sort(([a], [b]) => compareText(a, b));
}

export function isMap(value: Value): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}

export function isTuple(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
