import type { AttributeValue, Item } from '../attribute-value';
import type { DataType } from '../expressions';
import { compareNumbers } from './number';

export function typeOf(value: AttributeValue): DataType {
  return Object.keys(value)[0] as DataType;
}

/**
 * Below, at, or above 0, as the first value comes before, with, or after the second. Undefined unless both are strings,
 * both numbers or both binary: nothing else has an order.
 */
export function compareValues(left: AttributeValue, right: AttributeValue): number | undefined {
  if ('S' in left && 'S' in right) return compareTexts(left.S, right.S);
  if ('N' in left && 'N' in right) return compareNumbers(left.N, right.N);
  if ('B' in left && 'B' in right) return bytesOf(left.B).compare(bytesOf(right.B));
  return undefined;
}

/** Whether two values are of one type and equal: documents by their members, sets in any order. */
export function equalValues(left: AttributeValue, right: AttributeValue): boolean {
  if ('M' in left && 'M' in right) return equalMaps(left.M, right.M);
  if ('L' in left && 'L' in right) return equalLists(left.L, right.L);
  if ('BOOL' in left && 'BOOL' in right) return left.BOOL === right.BOOL;
  if ('NULL' in left) return 'NULL' in right;
  const type = typeOf(left);
  const [members, others] = [membersOf(left), membersOf(right)];
  if (members && others) {
    if (type !== typeOf(right) || members.length !== others.length) return false;
    const known = new Set(others.map(identityOf));
    return members.every((member) => known.has(identityOf(member)));
  }
  return compareValues(left, right) === 0;
}

function equalMaps(left: Item, right: Item): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => {
    const [value, other] = [memberOf(left, name), memberOf(right, name)];
    return value !== undefined && other !== undefined && equalValues(value, other);
  });
}

function equalLists(left: readonly AttributeValue[], right: readonly AttributeValue[]): boolean {
  if (left.length !== right.length) return false;
  return left.every((value, index) => {
    const other = right[index];
    return other !== undefined && equalValues(value, other);
  });
}

/** A member of a map, whatever its name: those of JavaScript's own objects are not members. */
export function memberOf(map: Item, name: string): AttributeValue | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** The members of a set as values of their own; undefined for what is no set. */
export function membersOf(value: AttributeValue): AttributeValue[] | undefined {
  if ('SS' in value) return value.SS.map((S) => ({ S }));
  if ('NS' in value) return value.NS.map((N) => ({ N }));
  if ('BS' in value) return value.BS.map((B) => ({ B }));
  return undefined;
}

/** A text that two members of sets of one type share when they are equal; numbers are in normal form. */
export function identityOf(member: AttributeValue): string {
  if ('S' in member) return member.S;
  if ('N' in member) return member.N;
  return 'B' in member ? bytesOf(member.B).toString('base64') : '';
}

export function bytesOf(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}

/** DynamoDB orders strings by the bytes of their UTF-8. */
function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const [unit, other] = [left.charCodeAt(index), right.charCodeAt(index)];
    if (unit !== other) return utf8Order(unit) - utf8Order(other);
  }
  return left.length - right.length;
}

/** Surrogates make the characters above U+FFFF, which UTF-8 puts behind U+E000 to U+FFFF and UTF-16 before them. */
function utf8Order(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
