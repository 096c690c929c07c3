import type { KeyRange } from './store';

/** What is stored besides rows, by the first byte of its key. */
const TABLE = 't';
const COUNTS = 'c';
const ROWS = 'r';
const DROPPED = 'd';
const STREAM_RECORD = 's';
const EXPIRY = 'x';

/** The number that the next table, index or stream gets. */
export const nextIdKey = Buffer.from('next-id');

/** A table's definition. */
export const tableKey = (name: string): Buffer => Buffer.from(TABLE + name);
export const allTables: KeyRange = beginningWith(Buffer.from(TABLE));

/** How many rows a table or an index has, and their size. */
export const countsKey = (id: number): Buffer => numbered(COUNTS, id);

/** What the rows of a table or an index begin with. */
export const rowsKey = (id: number): Buffer => numbered(ROWS, id);

/** Says that the rows of a table or an index that is no more are still to be deleted. */
export const droppedKey = (id: number): Buffer => numbered(DROPPED, id);
export const allDropped: KeyRange = beginningWith(Buffer.from(DROPPED));
export const droppedId = (key: Buffer): number => key.readUInt32BE(1);

/** What the records of a stream begin with. */
export const streamKey = (id: number): Buffer => numbered(STREAM_RECORD, id);

/** What the entries begin with that tell when a table's items expire. */
export const expiryKey = (id: number): Buffer => numbered(EXPIRY, id);

function numbered(kind: string, id: number): Buffer {
  const key = Buffer.allocUnsafe(5);
  key.write(kind);
  key.writeUInt32BE(id, 1);
  return key;
}

/** All keys that begin so. */
export function beginningWith(prefix: Buffer): KeyRange {
  return { gte: prefix, lt: afterPrefix(prefix) };
}

/** The first key, in order of bytes, behind all that begin with this prefix; undefined when there is none. */
export function afterPrefix(prefix: Buffer): Buffer | undefined {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length--;
  if (length === 0) return undefined;
  const next = Buffer.from(prefix.subarray(0, length));
  next[length - 1]! += 1;
  return next;
}
