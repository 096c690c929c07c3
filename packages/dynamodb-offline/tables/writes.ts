import type { Item } from '../attribute-value';
import { resourceNotFound } from '../errors';
import { itemSize } from '../items/size';
import { countsKey, droppedKey, nextIdKey, tableKey } from '../storage/keyspace';
import { encodeRecord } from '../storage/record-codec';
import type { Change } from '../storage/store';
import { streamChange, type UserIdentity } from '../streams/write';
import type { Catalog, Counts } from './catalog';
import type { TableDefinition } from './definition';
import { expiryEntry } from './expiry';
import type { Rows } from './rows';
import type { Table } from './table';

const NOTHING = Buffer.alloc(0);

/** What an operation may do while it writes. */
export interface Writes {
  get(table: Table, key: Item): Item | undefined;
  /**
   * Writes an item, its rows in the indexes and its stream record.
   * @param before the item as it is; undefined when there is none
   * @param after undefined to delete it
   * @param by who, when it is not a caller
   */
  put(table: Table, before: Item | undefined, after: Item | undefined, by?: UserIdentity): void;
}

/** What an operation on tables may do besides. */
export interface Definitions extends Writes {
  /** A number that no table, index or stream ever had. */
  readonly newId: () => number;
  /** Makes a table, or changes it. What is dropped, by its id, is deleted when there is time. */
  define(definition: TableDefinition, dropped?: readonly number[]): void;
  undefine(table: Table): void;
  /** Adds an item that was there before to the indexes that are being made, and notes when it expires. */
  backfill(table: Table, key: Item): void;
}

/** The changes of one or several operations, which are committed together. */
export class Batch {
  readonly changes: Change[] = [];
  /** Rows that were put, by their key, as they will be. */
  readonly rows = new Map<string, Item | undefined>();
  readonly counts = new Map<number, Counts>();
  /** The tables whose streams have new records. */
  readonly streamed = new Set<string>();
  /** To be done once it is committed. */
  readonly definitions: (() => void)[] = [];

  constructor(
    private readonly catalog: Catalog,
    private readonly now: () => number,
  ) {}

  /**
   * Runs one operation; of one that throws nothing is kept.
   * @returns what it returned
   */
  run<T>(work: (writes: Definitions) => T): T {
    const changes: Change[] = [];
    const rows: [string, Item | undefined][] = [];
    const counted: [Rows, number, number][] = [];
    const definitions: (() => void)[] = [];
    const streamed: string[] = [];
    const { catalog, now } = this;
    const current = (table: Table) => {
      const found = catalog.find(table.name);
      // Deleted while this was waiting.
      if (found?.definition.id !== table.definition.id) throw resourceNotFound();
      return found;
    };
    const put = (key: Buffer, value: Buffer) => changes.push({ type: 'put', key, value });
    const del = (key: Buffer) => changes.push({ type: 'del', key });
    const get = (table: Table, key: Item) => {
      const rowKey = table.rows.keyOf(key).toString('latin1');
      return this.rows.has(rowKey) ? this.rows.get(rowKey) : table.rows.get(key);
    };
    const replaceRow = (target: Rows, before: Item | undefined, after: Item | undefined, value?: Buffer) => {
      const oldKey = before && target.keyOf(before);
      const newKey = after && target.keyOf(after);
      if (oldKey && !(newKey && oldKey.equals(newKey))) del(oldKey);
      if (newKey) put(newKey, value ?? encodeRecord(after));
      const size = (after ? itemSize(after) : 0) - (before ? itemSize(before) : 0);
      counted.push([target, (after ? 1 : 0) - (before ? 1 : 0), size]);
      return newKey ?? oldKey;
    };

    const value = work({
      get,
      put(given, before, after, by) {
        if (!before && !after) return;
        const table = current(given);
        const row = after && encodeRecord(after);
        const rowKey = replaceRow(table.rows, before, after, row)!;
        rows.push([rowKey.toString('latin1'), after]);
        for (const index of table.indexes.values()) {
          const projected = after && index.project(after);
          // In an index of everything the row is the item's own.
          replaceRow(
            index.rows,
            before && index.project(before),
            projected,
            projected === after ? row : undefined,
          );
        }
        const oldExpiry = before && expiryEntry(table, before, rowKey);
        const newExpiry = after && expiryEntry(table, after, rowKey);
        if (oldExpiry && !(newExpiry && oldExpiry.equals(newExpiry))) del(oldExpiry);
        if (newExpiry) put(newExpiry, NOTHING);
        const record = streamChange(table, before, after, now(), () => catalog.nextSequence(), by);
        if (!record) return;
        changes.push(record);
        streamed.push(table.name);
      },
      newId() {
        const id = catalog.nextId++;
        put(nextIdKey, encodeRecord(catalog.nextId));
        return id;
      },
      define(definition, dropped = []) {
        put(tableKey(definition.name), encodeRecord(definition));
        for (const id of dropped) put(droppedKey(id), NOTHING);
        definitions.push(() => catalog.set(definition));
      },
      undefine({ name, definition }) {
        del(tableKey(name));
        for (const id of idsOf(definition)) put(droppedKey(id), NOTHING);
        definitions.push(() => catalog.remove(name));
      },
      backfill(given, key) {
        const table = current(given);
        const item = get(table, key);
        if (!item) return;
        for (const index of table.indexes.values()) {
          const projected = index.backfilling && index.project(item);
          if (projected && !index.rows.get(projected)) replaceRow(index.rows, undefined, projected);
        }
        const expiry = expiryEntry(table, item, table.rows.keyOf(item));
        if (expiry) put(expiry, NOTHING);
      },
    });
    this.changes.push(...changes);
    this.definitions.push(...definitions);
    for (const name of streamed) this.streamed.add(name);
    for (const [key, item] of rows) this.rows.set(key, item);
    for (const [{ id }, count, size] of counted) {
      if (count === 0 && size === 0) continue;
      const counts = this.counts.get(id) ?? catalog.counts(id);
      this.counts.set(id, { count: counts.count + count, size: counts.size + size });
    }
    return value;
  }

  /** All there is to commit. */
  committed(): Change[] {
    const counts = Array.from(this.counts, ([id, counts]): Change => {
      return { type: 'put', key: countsKey(id), value: encodeRecord(counts) };
    });
    return [...this.changes, ...counts];
  }

  /** Makes known what has been committed. */
  apply(): void {
    for (const [id, counts] of this.counts) this.catalog.setCounts(id, counts);
    for (const define of this.definitions) define();
  }
}

/** Everything that is stored of a table under a number. */
function idsOf({ id, indexes, stream, formerStreams, timeToLive }: TableDefinition): number[] {
  const streams = stream ? [...formerStreams, stream] : formerStreams;
  const parts = timeToLive ? [...indexes, ...streams, timeToLive] : [...indexes, ...streams];
  return [id, ...parts.map((part) => part.id)];
}
