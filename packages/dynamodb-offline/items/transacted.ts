import type { Item } from '../attribute-value';
import type { Context } from '../context';
import { validation } from '../errors';
import type { Table } from '../tables/table';
import { addWrite, noConsumption, readUnits, writeUnits, type Consumption } from './capacity';
import { change, type Change, type Changed } from './changes';
import { itemSize } from './size';
import { forAll, largestTransaction } from './transactions';

/** What is left of a transaction to answer with. It is kept as long as its client token is, so it has no items. */
export interface Transacted {
  readonly consumed: readonly Consumption[];
  /** What the same transaction consumes when it comes again: it is only read. */
  readonly consumedAgain: readonly Consumption[];
  readonly written: readonly { readonly table: Table; readonly key: Item }[];
}

/** Makes all changes, or none of them and tells why. */
export async function transact(context: Context, changes: readonly Change[]): Promise<Transacted> {
  const done = await context.write((writes) => {
    const results = forAll(changes, (one) => ({ ...one, ...change(writes, one) }));
    const size = results.reduce((sum, result) => sum + largerSize(result), 0);
    if (size > largestTransaction) {
      throw validation('The aggregate size of the items in the transaction exceeded 4 MB');
    }
    return results;
  });
  return {
    consumed: consumptions(done, consumeOnce),
    consumedAgain: consumptions(done, (consumption, one) => {
      consumption.tableUnits += 2 * readUnits(largerSize(one), true);
    }),
    written: done.filter(({ apply }) => apply).map(({ table, key }) => ({ table, key })),
  };
}

type Done = Change & Changed;

/** A transaction costs twice what its writes cost in the table, and as much in the indexes. */
function consumeOnce(consumption: Consumption, { apply, before, after }: Done) {
  if (apply) addWrite(consumption, before, after, 2);
  else consumption.tableUnits += 2 * writeUnits(before, before);
}

function consumptions(done: readonly Done[], consume: (consumption: Consumption, one: Done) => void) {
  const byTable = new Map<Table, Consumption>();
  for (const one of done) {
    const consumption = byTable.get(one.table) ?? noConsumption(one.table);
    byTable.set(one.table, consumption);
    consume(consumption, one);
  }
  return [...byTable.values()];
}

function largerSize({ before, after }: Changed): number {
  return Math.max(before ? itemSize(before) : 0, after ? itemSize(after) : 0);
}
