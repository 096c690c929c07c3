import type { Item } from '../attribute-value';
import type { Context } from '../context';
import type { Table } from './table';

/** Items looked at in one turn, so that other writes come through between. */
const AT_ONCE = 100;

/** Whether a table has an index, or a time to live, that does not know all its items yet. */
export function needsBackfill({ definition: { indexes, timeToLive } }: Table): boolean {
  return indexes.some(({ backfilling }) => backfilling) || timeToLive?.backfilling === true;
}

/**
 * Adds a table's items to its new indexes, and notes when they expire. What is written meanwhile is added by its own
 * writes, so this can start again wherever it was interrupted. Items whose key attributes have other
 * types than the index's stay out of it.
 */
export async function backfill({ tables, define }: Context, { name, definition }: Table): Promise<void> {
  const { id, indexes, timeToLive } = definition;
  const begun = new Set(
    [...indexes, ...(timeToLive ? [timeToLive] : [])].filter((one) => one.backfilling).map((one) => one.id),
  );
  const there = () => {
    const table = tables.find(name);
    return table?.definition.id === id ? table : undefined;
  };
  const { rows } = tables.table(name);
  let some: Item[] = [];
  const add = async () => {
    const items = some;
    some = [];
    await define((writes) => {
      const table = there();
      if (table) for (const item of items) writes.backfill(table, item);
    });
  };
  for await (const item of rows.items(rows.segmentRange(0, 1))) {
    some.push(item);
    if (some.length === AT_ONCE) await add();
    if (!there()) return;
  }
  await add();
  await define((writes) => {
    const table = there();
    if (!table) return;
    const done = <T extends { readonly id: number }>(one: T) =>
      begun.has(one.id) ? { ...one, backfilling: false } : one;
    const { definition: now } = table;
    writes.define({
      ...now,
      indexes: now.indexes.map(done),
      ...(now.timeToLive && { timeToLive: done(now.timeToLive) }),
    });
  });
}
