import type { Item } from '../attribute-value';
import type { Context } from '../context';
import { validation } from '../errors';
import type { Table } from '../tables/table';
import { addWrite, noConsumption, readUnits, writeUnits, type Consumption } from './capacity';
import { change, type Change, type Changed } from './changes';
import { itemSize } from './size';
import { forAll, largestTransaction } from './transactions';

/** What a transaction did with one item. */
export interface Transacted extends Changed {
  readonly table: Table;
  readonly key: Item;
  /** Not where it only checked a condition. */
  readonly isWritten: boolean;
}

/** Makes all changes, or none of them and tells why. */
export function transact(context: Context, changes: readonly Change[]): Promise<readonly Transacted[]> {
  return context.write((writes) => {
    const done = forAll(changes, (one) => ({
      ...change(writes, one),
      table: one.table,
      key: one.key,
      isWritten: one.apply !== undefined,
    }));
    const size = done.reduce((sum, { before, after }) => sum + largerSize(before, after), 0);
    if (size > largestTransaction) {
      throw validation('The aggregate size of the items in the transaction exceeded 4 MB');
    }
    return done;
  });
}

/** A transaction costs twice what its writes cost in the table, and as much in the indexes; a repeated one is a read. */
export function consumptionsOf(done: readonly Transacted[], isRepeated: boolean): readonly Consumption[] {
  const consumptions = new Map<Table, Consumption>();
  for (const { table, before, after, isWritten } of done) {
    const consumption = consumptions.get(table) ?? noConsumption(table);
    consumptions.set(table, consumption);
    if (isRepeated) {
      consumption.tableUnits += 2 * readUnits(largerSize(before, after), true);
    } else if (isWritten) {
      addWrite(consumption, before, after, 2);
    } else {
      consumption.tableUnits += 2 * writeUnits(before, before);
    }
  }
  return [...consumptions.values()];
}

function largerSize(before: Item | undefined, after: Item | undefined): number {
  return Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0);
}
