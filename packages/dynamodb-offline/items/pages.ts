import type { AttributeValue, Item } from '../attribute-value';
import { conditionHolds } from '../evaluation/condition';
import { project } from '../evaluation/projection';
import type { Condition, Path } from '../expressions/tree';
import type { KeyRange, Walk } from '../storage/store';
import type { Rows } from '../tables/rows';
import type { Index, Table } from '../tables/table';
import {
  addIndexUnits,
  consumedCapacity,
  noConsumption,
  readUnits,
  type ReturnConsumedCapacity,
} from './capacity';
import { keyOf } from './keys';
import { itemSize } from './size';

/** What a page reads at most: the row that reaches it is the last one. */
const pageBytes = 1024 * 1024;

/** What a page of Query, Scan or a SELECT is made of. */
export interface PageRequest {
  readonly table: Table;
  readonly index: Index | undefined;
  /** Read one after the other. */
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  readonly limit: number | undefined;
  readonly filter: Condition<AttributeValue> | undefined;
  readonly projection: readonly Path[] | undefined;
  /** Whether rows of a local index are completed from the table. */
  readonly wholeItems: boolean;
  readonly countOnly: boolean;
  readonly isConsistent: boolean;
  readonly returnConsumedCapacity: ReturnConsumedCapacity;
}

/** A page, as Query and Scan answer it. */
export interface Page {
  readonly Items: readonly Item[] | undefined;
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey: Item | undefined;
  readonly ConsumedCapacity: object | undefined;
}

/**
 * Reads rows until the limit, a megabyte or the end of the range, and answers those that pass the filter.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html
 */
export async function readPage(request: PageRequest): Promise<Page> {
  const { table, index, ranges, reverse, limit, filter, projection, wholeItems, countOnly } = request;
  const { rows } = index ?? table;
  const consumption = noConsumption(table);
  const found: Item[] = [];
  let read = 0;
  let bytes = 0;
  let count = 0;
  let last: Item | undefined;
  for await (const row of rowsOf(rows, ranges, { reverse, limit })) {
    read++;
    bytes += itemSize(row);
    const item = wholeItems ? (table.rows.get(keyOf(table.key, row)) ?? row) : row;
    // DynamoDB reads each of these items by itself.
    if (wholeItems) consumption.tableUnits += readUnits(itemSize(item), request.isConsistent);
    if (!filter || conditionHolds(filter, item)) {
      count++;
      if (!countOnly) found.push(projection ? project(projection, item) : item);
    }
    if (read === limit || bytes >= pageBytes) {
      last = row;
      break;
    }
  }
  const units = readUnits(bytes, request.isConsistent);
  if (index) addIndexUnits(consumption, index, units);
  else consumption.tableUnits = units;
  return {
    Items: countOnly ? undefined : found,
    Count: count,
    ScannedCount: read,
    LastEvaluatedKey: last && rows.positionOf(last),
    ConsumedCapacity: consumedCapacity(consumption, request.returnConsumedCapacity),
  };
}

async function* rowsOf(rows: Rows, ranges: readonly KeyRange[], walk: Walk): AsyncGenerator<Item, void> {
  for (const range of ranges) yield* rows.items(range, walk);
}
