import type { Item } from '../attribute-value';
import type { Table } from '../tables/table';
import { itemSize } from './size';

const gigabyte = 1024 ** 3;

/**
 * `ItemCollectionMetrics` of a written item: the size of all items with its partition key, in the table and its local
 * indexes, as the gigabytes that it is between. A table without a local index has none.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.ItemCollections
 */
export async function itemCollectionMetrics(
  table: Table,
  item: Item,
  asked: 'SIZE' | 'NONE' | undefined,
): Promise<object | undefined> {
  const local = [...table.indexes.values()].filter(({ kind }) => kind === 'local');
  if (asked !== 'SIZE' || local.length === 0) return undefined;
  const { name } = table.key.hash;
  const hash = item[name]!;
  let size = 0;
  for (const { rows } of [table, ...local]) {
    for await (const row of rows.items(rows.hashRange({ hash: [hash], leading: [] }))) size += itemSize(row);
  }
  const gigabytes = Math.floor(size / gigabyte);
  return { ItemCollectionKey: { [name]: hash }, SizeEstimateRangeGB: [gigabytes, gigabytes + 1] };
}
