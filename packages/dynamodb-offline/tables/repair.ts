import type { Item } from '../attribute-value';
import { itemSize } from '../items/size';
import { beginningWith, countsKey, expiryKey, rowsKey, streamKey } from '../storage/keyspace';
import { decodeRecord, encodeRecord } from '../storage/record-codec';
import type { Change, Store } from '../storage/store';
import type { Catalog, Counts } from './catalog';
import { expiryEntry } from './expiry';
import type { Rows } from './rows';
import type { Table } from './table';

/** Changes written at once. */
const AT_ONCE = 1000;

/** Removes the rows and stream records that cannot be read, and makes the indexes and counts anew of those that can. */
export async function repairTables(
  store: Store,
  tables: Catalog,
  log: (line: string) => void,
): Promise<void> {
  for (const table of tables.all()) {
    await repairTable(store, tables, table, log);
    const { stream, formerStreams } = table.definition;
    for (const { id } of stream ? [stream, ...formerStreams] : formerStreams) {
      const damaged = await removeDamaged(store, streamKey(id));
      if (damaged > 0) log(`removed ${damaged} damaged records of a stream of the table ${table.name}`);
    }
  }
}

async function repairTable(
  store: Store,
  tables: Catalog,
  table: Table,
  log: (line: string) => void,
): Promise<void> {
  const { definition, rows, indexes, name } = table;
  for (const index of indexes.values()) await store.clear(beginningWith(rowsKey(index.rows.id)));
  if (definition.timeToLive) await store.clear(beginningWith(expiryKey(definition.timeToLive.id)));
  const counts = new Map<number, Counts>(
    [rows, ...Array.from(indexes.values(), (index) => index.rows)].map(({ id }) => [
      id,
      { count: 0, size: 0 },
    ]),
  );
  let changes: Change[] = [];
  const add = (target: Rows, item: Item, rowKey = target.keyOf(item)) => {
    const { count, size } = counts.get(target.id)!;
    counts.set(target.id, { count: count + 1, size: size + itemSize(item) });
    if (target !== rows) changes.push({ type: 'put', key: rowKey, value: encodeRecord(item) });
  };
  for await (const [key, value] of store.entries(rows.segmentRange(0, 1))) {
    const item = readable(value);
    if (item) {
      add(rows, item, key);
      for (const index of indexes.values()) {
        const projected = index.project(item);
        if (projected) add(index.rows, projected);
      }
      const expiry = expiryEntry(table, item, key);
      if (expiry) changes.push({ type: 'put', key: expiry, value: Buffer.alloc(0) });
    } else {
      changes.push({ type: 'del', key });
      log(`removed the damaged row ${JSON.stringify(rows.keyAt(key))} of the table ${name}`);
    }
    if (changes.length >= AT_ONCE) {
      await store.write(changes);
      changes = [];
    }
  }
  for (const [id, count] of counts) {
    changes.push({ type: 'put', key: countsKey(id), value: encodeRecord(count) });
    tables.setCounts(id, count);
  }
  await store.write(changes);
}

async function removeDamaged(store: Store, prefix: Buffer): Promise<number> {
  const damaged: Change[] = [];
  for await (const [key, value] of store.entries(beginningWith(prefix))) {
    if (!readable(value)) damaged.push({ type: 'del', key });
  }
  if (damaged.length > 0) await store.write(damaged);
  return damaged.length;
}

function readable(value: Buffer): Item | undefined {
  try {
    return decodeRecord(value) as Item;
  } catch {
    return undefined;
  }
}
