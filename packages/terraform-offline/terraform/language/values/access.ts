import { formatNumber, parseNumber } from './number';
import { membersOf } from './plain';
import { isMap, isTuple, Members, NotKnown, SetValue, Unknown, type Value } from './value';

/** The value, known and not null. */
export function known(value: Value): Exclude<Value, Unknown | null> {
  if (value instanceof Unknown) throw new NotKnown(value);
  if (value === null) throw new Error('a value is needed here, and this is null');
  return value;
}

/** The value as Terraform converts it to a string. */
export function textOf(value: Value): string {
  const given = known(value);
  if (typeof given === 'string') return given;
  if (typeof given === 'number') return formatNumber(given);
  if (typeof given === 'boolean') return String(given);
  throw new Error(`a string is needed here, and this is ${nameOf(given)}`);
}

export function numberOf(value: Value): number {
  const given = known(value);
  if (typeof given === 'number') return given;
  const number = typeof given === 'string' ? parseNumber(given) : undefined;
  if (number !== undefined) return number;
  throw new Error(
    `a number is needed here, and this is ${typeof given === 'string' ? JSON.stringify(given) : nameOf(given)}`,
  );
}

export function flagOf(value: Value): boolean {
  const given = known(value);
  if (typeof given === 'boolean') return given;
  if (given === 'true' || given === '1') return true;
  if (given === 'false' || given === '0') return false;
  throw new Error(
    `true or false is needed here, and this is ${typeof given === 'string' ? JSON.stringify(given) : nameOf(given)}`,
  );
}

/** The elements of a list, tuple or set. */
export function elementsOf(value: Value): readonly Value[] {
  const given = known(value);
  if (isTuple(given)) return given;
  if (given instanceof SetValue) return given.elements;
  throw new Error(`a list is needed here, and this is ${nameOf(given)}`);
}

/** The members of a map or object, by name. */
export function entriesOf(value: Value): ReadonlyMap<string, Value> {
  const given = known(value);
  if (isMap(given)) return given;
  if (given instanceof Members) return membersOf(given);
  throw new Error(`a map is needed here, and this is ${nameOf(given)}`);
}

/** For errors: `a list`. */
export function nameOf(value: Value): string {
  if (value === null) return 'null';
  if (value instanceof Unknown) return 'not known';
  if (typeof value === 'string') return 'a string';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return 'a bool';
  if (value instanceof SetValue) return 'a set';
  return isTuple(value) ? 'a list' : 'an object';
}
