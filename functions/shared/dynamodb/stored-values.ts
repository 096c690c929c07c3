import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { FORBIDDEN_NAMES } from '../http/guard';
import { exactNumber } from './numbers';

/**
 * Plain JSON values to DynamoDB's and back. The SDK's own conversion would refuse exact numbers beyond 2^53, answer with
 * BigInts that JSON cannot hold, and let a stored `__proto__` replace the prototype of what it returns.
 */

/** A value of a guarded body as DynamoDB holds it; members that are undefined are left out. */
export function toStored(value: unknown): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'string') return { S: value };
  if (Array.isArray(value)) return { L: value.map(toStored) };
  if (typeof value === 'object') return { M: toStoredItem(value) };
  throw new TypeError(`A ${typeof value} is no JSON value.`);
}

/** An object's members as the attributes of an item. */
export function toStoredItem(item: object): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(item)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, toStored(value)]),
  );
}

/**
 * A stored value as JSON, whoever wrote it: a number that JavaScript cannot hold is its decimal string, a set is a list,
 * binary is base64. Names that reach for a prototype are left out.
 */
export function fromStored(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return fromStoredNumber(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.M !== undefined) return fromStoredItem(value.M);
  if (value.L !== undefined) return value.L.map(fromStored);
  if (value.SS !== undefined) return value.SS;
  if (value.NS !== undefined) return value.NS.map(fromStoredNumber);
  if (value.B !== undefined) return base64(value.B);
  if (value.BS !== undefined) return value.BS.map(base64);
  throw new TypeError(`DynamoDB answered with an unknown type: ${Object.keys(value).join(', ')}.`);
}

/** An item's attributes as the members of an object. */
export function fromStoredItem(item: Readonly<Record<string, AttributeValue>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(item)
      .filter(([name]) => !FORBIDDEN_NAMES.has(name))
      .map(([name, value]) => [name, fromStored(value)]),
  );
}

/** The number, or its decimal string when JavaScript would hold another one. */
export function fromStoredNumber(digits: string): number | string {
  return exactNumber(digits) ?? digits;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
