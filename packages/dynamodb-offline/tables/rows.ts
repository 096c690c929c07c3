import type { AttributeValue, Item } from '../attribute-value';
import { internalServerError } from '../errors';
import type { KeyConditions } from '../evaluation/key-condition';
import {
  decodeKeyValues,
  encodeKeyPrefix,
  encodeKeyValue,
  partitionOf,
  type KeyValue,
} from '../storage/key-encoding';
import { afterPrefix, rowsKey } from '../storage/keyspace';
import { DamagedRecordError, decodeRecord } from '../storage/record-codec';
import type { KeyRange, Store, Walk } from '../storage/store';
import { keyAttributes, type KeySchema } from './key-schema';

/** Partitions are numbered with 32 bits. */
const PARTITIONS = 2 ** 32;
const PARTITION_LENGTH = 4;

/**
 * The rows of a table or of an index, each an item as JSON, in the order in which Query and Scan give them: by the hash of the
 * partition key, then by that key, by the sort key and, in an index, by the key of the table.
 */
export class Rows {
  private readonly prefix: Buffer;

  /**
   * @param owner `the table Music`, for messages
   * @param id tells its rows from those of every other table and index
   * @param tableKey the table's own key, in an index
   */
  constructor(
    private readonly store: Store,
    private readonly owner: string,
    readonly id: number,
    readonly key: KeySchema,
    private readonly tableKey?: KeySchema,
  ) {
    this.prefix = rowsKey(id);
  }

  /** Where the row of this item, or of an item with this key, is. */
  keyOf(item: Item): Buffer {
    const parts = keyValues(item, this.key).map(encodeKeyValue);
    const hash = joined(parts.slice(0, this.key.hashes.length));
    if (this.tableKey) parts.push(...keyValues(item, this.tableKey).map(encodeKeyValue));
    return Buffer.concat([this.prefix, partitionOf(hash), ...parts]);
  }

  /** Members of a start key that begin a page behind this item: the index's and the table's. */
  positionOf(item: Item): Item {
    const keys = [this.key, this.tableKey].flatMap((schema) => (schema ? keyAttributes(schema) : []));
    return Object.fromEntries(keys.map(({ name }) => [name, item[name]!]));
  }

  get(key: Item): Item | undefined {
    const rowKey = this.keyOf(key);
    try {
      const row = this.store.get(rowKey);
      return row && (decodeRecord(row) as Item);
    } catch (error) {
      throw this.unreadable(error, rowKey);
    }
  }

  /** All rows of a partition key, or those whose sort key meets the condition. */
  hashRange({ hash, leading, range: condition }: KeyConditions): KeyRange {
    const encoded = joined(hash.map((value) => encodeKeyValue(value as KeyValue)));
    const equal = leading.map((value) => encodeKeyValue(value as KeyValue));
    const partition = Buffer.concat([this.prefix, partitionOf(encoded), encoded, ...equal]);
    const whole = { gte: partition, lt: afterPrefix(partition) };
    if (!condition) return whole;
    const at = (value: AttributeValue) => Buffer.concat([partition, encodeKeyValue(value as KeyValue)]);
    // What follows a sort key in an index, the table's key, begins with any byte but 255, so all rows of it are before this.
    const behind = (value: AttributeValue) => afterPrefix(at(value));
    switch (condition.operator) {
      case '=':
        return { gte: at(condition.value), lt: behind(condition.value) };
      case '<':
        return { gte: partition, lt: at(condition.value) };
      case '<=':
        return { gte: partition, lt: behind(condition.value) };
      case '>':
        return { gte: behind(condition.value), lt: whole.lt };
      case '>=':
        return { gte: at(condition.value), lt: whole.lt };
      case 'between':
        return { gte: at(condition.lower), lt: behind(condition.upper) };
      case 'begins_with': {
        const prefix = Buffer.concat([partition, encodeKeyPrefix(condition.prefix as KeyValue)]);
        return { gte: prefix, lt: afterPrefix(prefix) };
      }
    }
  }

  /** One of `total` parts of all rows; the only one of one is all of them. */
  segmentRange(segment: number, total: number): KeyRange {
    return { gte: this.partitionStart(segment / total), lt: this.partitionStart((segment + 1) / total) };
  }

  contains({ gt, gte, lt, lte }: KeyRange, position: Item): boolean {
    const key = this.keyOf(position);
    return (
      (!gt || key.compare(gt) > 0) &&
      (!gte || key.compare(gte) >= 0) &&
      (!lt || key.compare(lt) < 0) &&
      (!lte || key.compare(lte) <= 0)
    );
  }

  /** What is left of a range behind this position, which need not be a row's. */
  after({ gte, lt }: KeyRange, position: Item, reverse: boolean): KeyRange {
    const key = this.keyOf(position);
    return reverse ? { gte, lt: key } : { gt: key, lt };
  }

  async *items(range: KeyRange, walk: Walk = {}): AsyncGenerator<Item, void> {
    try {
      for await (const row of this.store.values(range, walk)) yield decodeRecord(row) as Item;
    } catch (error) {
      throw this.unreadable(error, await this.damagedIn(range, walk));
    }
  }

  /** Where the first row is that does not match its checksum. */
  private async damagedIn(range: KeyRange, walk: Walk): Promise<Buffer | undefined> {
    try {
      for await (const [key, row] of this.store.entries(range, walk)) if (isDamaged(row)) return key;
    } catch {
      // What cannot be read cannot be searched either.
    }
    return undefined;
  }

  /** What an answer says when rows cannot be read; others still can. */
  private unreadable(cause: unknown, rowKey: Buffer | undefined): Error {
    const { message, code } = cause as Error & { readonly code?: string };
    if (!(cause instanceof DamagedRecordError) && code !== 'LEVEL_CORRUPTION') {
      return internalServerError(`${this.owner} cannot be read: ${message}`);
    }
    const which = rowKey ? `the row ${JSON.stringify(this.keyAt(rowKey))}` : 'a row';
    return internalServerError(
      `${which} of ${this.owner} is damaged on disk: ${message}. Stop the database and restore its folder from a copy, or start it once with --repair, which removes what cannot be read and tells what that was`,
    );
  }

  /** The key of the item whose row is there. */
  keyAt(rowKey: Buffer): Item {
    const attributes = [this.key, this.tableKey].flatMap((schema) => (schema ? keyAttributes(schema) : []));
    const types = attributes.map(({ type }) => type);
    const { values } = decodeKeyValues(rowKey.subarray(this.prefix.length + PARTITION_LENGTH), types);
    return Object.fromEntries(attributes.map(({ name }, index) => [name, values[index]!]));
  }

  private partitionStart(share: number): Buffer {
    const partition = Math.ceil(share * PARTITIONS);
    if (partition >= PARTITIONS) return rowsKey(this.id + 1);
    const bytes = Buffer.allocUnsafe(4);
    bytes.writeUInt32BE(partition);
    return Buffer.concat([this.prefix, bytes]);
  }
}

/** Without a copy where there is one part, as in most keys. */
function joined(parts: readonly Buffer[]): Buffer {
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

function isDamaged(row: Buffer): boolean {
  try {
    decodeRecord(row);
    return false;
  } catch {
    return true;
  }
}

function keyValues(item: Item, schema: KeySchema): KeyValue[] {
  return keyAttributes(schema).map(({ name }) => item[name] as KeyValue);
}
