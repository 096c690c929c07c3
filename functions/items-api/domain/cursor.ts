import { createHash } from 'node:crypto';
import { Problem } from '../../shared/http/problem';

const VERSION = 1;
const DIGEST_BYTES = 16;

/** Which list a page is of: the table and, where there are, index and name. */
export type List = readonly [table: string, index?: string, name?: string];

/**
 * An opaque cursor: base64url of a version, the last key of the page and a digest that ties both to the list. The
 * digest finds damage and mix-ups; it is no secret, since a forged cursor could only start a page elsewhere.
 * @param key the id, and in an index what sorts the items of a name
 */
export function encodeCursor(list: List, key: readonly string[]): string {
  const text = list.length === 1 ? (key[0] ?? '') : JSON.stringify(key);
  return Buffer.concat([Buffer.of(VERSION), Buffer.from(text), digest(list, text)]).toString('base64url');
}

/**
 * The last key of the page before the cursor's.
 * @throws {Problem} `invalid-request` when the cursor is damaged or of another list
 */
export function decodeCursor(list: List, cursor: string): string[] {
  const text = Buffer.from(cursor, 'base64url').subarray(1, -DIGEST_BYTES).toString();
  const key = keyOf(list, text);
  // Encoding again finds what decoding tolerates: other alphabets, padding, bytes that are no text.
  if (key?.every((part) => part !== '') && encodeCursor(list, key) === cursor) return key;
  const message = 'is damaged or of another list; send the cursor of an answer as it is, or none to begin';
  throw new Problem('invalid-request', `The cursor ${message}.`, { errors: [{ path: 'cursor', message }] });
}

function keyOf(list: List, text: string): string[] | undefined {
  if (list.length === 1) return [text];
  try {
    const key: unknown = JSON.parse(text);
    return isTexts(key) && key.length === 2 ? key : undefined;
  } catch {
    return undefined;
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((part) => typeof part === 'string');
}

function digest(list: List, key: string): Buffer {
  const text = JSON.stringify([VERSION, ...list, key]);
  return createHash('sha256').update(text).digest().subarray(0, DIGEST_BYTES);
}
