import { createHash } from 'node:crypto';
import { Problem } from '../../shared/http/problem';

const VERSION = 1;
const DIGEST_BYTES = 16;

/**
 * An opaque cursor: base64url of a version, the last key of the page and a digest that ties both to the table. The
 * digest finds damage and mix-ups; it is no secret, since a forged cursor could only start a page elsewhere.
 */
export function encodeCursor(table: string, id: string): string {
  return Buffer.concat([Buffer.of(VERSION), Buffer.from(id), digest(table, id)]).toString('base64url');
}

/**
 * The last key of the page before the cursor's.
 * @throws {Problem} `invalid-request` when the cursor is damaged or of another table
 */
export function decodeCursor(table: string, cursor: string): string {
  const bytes = Buffer.from(cursor, 'base64url');
  const id = bytes.subarray(1, -DIGEST_BYTES).toString();
  // Encoding again finds what decoding tolerates: other alphabets, padding, bytes that are no text.
  if (id !== '' && encodeCursor(table, id) === cursor) return id;
  const message = 'is damaged or of another list; send the cursor of an answer as it is, or none to begin';
  throw new Problem('invalid-request', `The cursor ${message}.`, { errors: [{ path: 'cursor', message }] });
}

function digest(table: string, id: string): Buffer {
  const text = JSON.stringify([VERSION, table, id]);
  return createHash('sha256').update(text).digest().subarray(0, DIGEST_BYTES);
}
