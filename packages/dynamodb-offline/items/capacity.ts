import type { Item } from '../attribute-value';
import { equalValues } from '../evaluation/compare';
import type { Index, Table } from '../tables/table';
import { keyText } from './keys';
import { itemSize } from './size';

/** What an operation consumed of a table and of its indexes. */
export interface Consumption {
  readonly table: Table;
  tableUnits: number;
  readonly indexUnits: Map<Index, number>;
}

/** What is asked for: nothing, a sum, or each index too. */
export type ReturnConsumedCapacity = 'INDEXES' | 'TOTAL' | 'NONE' | undefined;

export function noConsumption(table: Table): Consumption {
  return { table, tableUnits: 0, indexUnits: new Map() };
}

export function addIndexUnits(consumption: Consumption, index: Index, units: number): void {
  consumption.indexUnits.set(index, (consumption.indexUnits.get(index) ?? 0) + units);
}

/**
 * Units of 4 KB; half of them when the read may be eventually consistent.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function readUnits(bytes: number, isConsistent = false): number {
  return Math.max(1, Math.ceil(bytes / 4096)) / (isConsistent ? 1 : 2);
}

/** Units of 1 KB of an item, by the larger of what was there and what is there then. */
export function writeUnits(before: Item | undefined, after: Item | undefined): number {
  return Math.max(1, unitsOf(before), unitsOf(after));
}

/**
 * Adds what a write consumes. An index is charged by what changes in it: nothing when its row stays the same, its larger
 * size when the row changes, both sizes when the row moves.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes
 * @param factor of the table's units: 2 in a transaction
 */
export function addWrite(
  consumption: Consumption,
  before: Item | undefined,
  after: Item | undefined,
  factor = 1,
): void {
  consumption.tableUnits += factor * writeUnits(before, after);
  for (const index of consumption.table.indexes.values()) {
    const units = indexWriteUnits(index, before && index.project(before), after && index.project(after));
    if (units > 0) addIndexUnits(consumption, index, units);
  }
}

/** `ConsumedCapacity` of an answer; undefined when it is not asked for. */
export function consumedCapacity(
  { table, tableUnits, indexUnits }: Consumption,
  asked: ReturnConsumedCapacity,
  kind?: 'ReadCapacityUnits' | 'WriteCapacityUnits',
): object | undefined {
  if (asked !== 'TOTAL' && asked !== 'INDEXES') return undefined;
  const units = (count: number) => ({ ...(kind && { [kind]: count }), CapacityUnits: count });
  let total = tableUnits;
  for (const count of indexUnits.values()) total += count;
  if (asked === 'TOTAL') return { TableName: table.name, ...units(total) };
  const ofIndexes = (indexKind: Index['kind']) => {
    const some = [...indexUnits].filter(([index]) => index.kind === indexKind);
    if (some.length === 0) return undefined;
    return Object.fromEntries(some.map(([index, count]) => [index.name, units(count)]));
  };
  return {
    TableName: table.name,
    ...units(total),
    Table: units(tableUnits),
    LocalSecondaryIndexes: ofIndexes('local'),
    GlobalSecondaryIndexes: ofIndexes('global'),
  };
}

function indexWriteUnits(index: Index, before: Item | undefined, after: Item | undefined): number {
  if (!before || !after) return unitsOf(before) + unitsOf(after);
  if (keyText(index.key, before) !== keyText(index.key, after)) return unitsOf(before) + unitsOf(after);
  return isSameItem(before, after) ? 0 : Math.max(unitsOf(before), unitsOf(after));
}

function unitsOf(item: Item | undefined): number {
  return item ? Math.ceil(itemSize(item) / 1024) : 0;
}

function isSameItem(a: Item, b: Item) {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equalValues(a[name]!, b[name]!))
  );
}
