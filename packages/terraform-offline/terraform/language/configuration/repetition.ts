import { Cell, type Trail } from '../evaluation/cell';
import type { Scope } from '../evaluation/scope';
import type { JsonObject } from '../sources/json';
import { entriesOf, known, numberOf } from '../values/access';
import { isTuple, objectOf, SetValue, type Value } from '../values/value';
import { evaluateJson } from './body';

/** One of the resources or modules that a block stands for. */
export interface Repetition {
  /** Undefined for a block without `count` and `for_each`. */
  readonly key: string | number | undefined;
  /** `count` or `each`, as the block's expressions see it. */
  readonly names: Readonly<Record<string, Value>>;
}

const ONCE: Repetition = { key: undefined, names: {} };

/**
 * https://developer.hashicorp.com/terraform/language/meta-arguments/for_each and count
 * @throws when it is not known how many there are
 */
function repetitionsOf(body: JsonObject, scope: Scope, trail: Trail, where: string): readonly Repetition[] {
  if (body.count != null) {
    const length = numberOf(evaluateJson(body.count, scope, trail, where));
    return Array.from({ length }, (_, index) => ({
      key: index,
      names: { count: objectOf([['index', index]]) },
    }));
  }
  if (body.for_each == null) return [ONCE];
  return eachOf(known(evaluateJson(body.for_each, scope, trail, where))).map(([key, value]) => ({
    key,
    names: {
      each: objectOf([
        ['key', key],
        ['value', value],
      ]),
    },
  }));
}

function eachOf(value: Value): readonly (readonly [string, Value])[] {
  if (value instanceof SetValue) {
    return value.elements.map((element) => {
      if (typeof element === 'string') return [element, element] as const;
      throw new Error('for_each takes a set of strings');
    });
  }
  if (isTuple(value))
    throw new Error('for_each takes a map or a set of strings: write toset(…) around the list');
  return [...entriesOf(value)];
}

/**
 * The repetitions; one, and why, where there is no telling how many there are.
 * @param address of the block
 */
export function repetitionsOrWhyNot(
  body: JsonObject,
  scope: Scope,
  trail: Trail,
  address: string,
): { readonly repetitions: readonly Repetition[]; readonly broken: Error | undefined } {
  const repeated = repeatedBy(body);
  if (repeated === undefined) return { repetitions: [ONCE], broken: undefined };
  const where = `${address}.${repeated}`;
  const cell = new Cell(trail, where, () => repetitionsOf(body, scope, trail, where));
  try {
    return { repetitions: cell.read(), broken: undefined };
  } catch (error) {
    return { repetitions: [ONCE], broken: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** `aws_lambda_function.store["a"]` */
export function withKey(address: string, key: string | number | undefined): string {
  if (key === undefined) return address;
  return `${address}[${typeof key === 'number' ? key : JSON.stringify(key)}]`;
}

/** What a reference without an index gives: the one, a list, or a map of them all. */
export function allOf(
  repeated: 'count' | 'for_each' | undefined,
  instances: readonly (readonly [key: string | number | undefined, value: Value])[],
): Value {
  if (repeated === undefined) return instances[0]?.[1] ?? null;
  if (repeated === 'count') return instances.map(([, value]) => value);
  return objectOf(instances.map(([key, value]) => [String(key), value] as const));
}

export function repeatedBy(body: JsonObject): 'count' | 'for_each' | undefined {
  if (body.count != null) return 'count';
  return body.for_each != null ? 'for_each' : undefined;
}
