import { membersOf } from './plain';
import { isMap, isTuple, List, MapValue, Members, NotKnown, SetValue, Unknown, type Value } from './value';

/** Terraform's `==`: values of different types are never equal, an empty list and an empty tuple included. */
export function equal(a: Value, b: Value): boolean {
  if (a instanceof Unknown) throw new NotKnown(a);
  if (b instanceof Unknown) throw new NotKnown(b);
  if (a === b) return true;
  if (a instanceof Members) return b !== null && equal(membersOf(a), b);
  if (b instanceof Members) return a !== null && equal(a, membersOf(b));
  if (a instanceof SetValue && b instanceof SetValue) return sameElements(a.elements, b.elements);
  if (a === null || b === null) return false;
  if (isTuple(a) && isTuple(b)) {
    return a instanceof List === b instanceof List && sameElements(a, b);
  }
  if (isMap(a) && isMap(b)) {
    if (a instanceof MapValue !== b instanceof MapValue || a.size !== b.size) return false;
    return [...a].every(([key, value]) => b.has(key) && equal(value, b.get(key) ?? null));
  }
  return false;
}

function sameElements(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((element, i) => equal(element, b[i] ?? null));
}
