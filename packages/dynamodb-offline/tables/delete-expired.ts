import type { Item } from '../attribute-value';
import type { Context } from '../context';
import { decodeKeyValues, encodeKeyValue } from '../storage/key-encoding';
import { expiryKey } from '../storage/keyspace';
import type { TimeToLive } from './definition';
import type { Table } from './table';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/howitworks-ttl.html: older ones are taken for no times. */
const OLDEST_SECONDS = 5 * 365 * 24 * 60 * 60;

/** Items deleted in one turn, so that other writes come through between. */
const AT_ONCE = 100;

/** Who deletes what has expired, in stream records. */
const SERVICE = { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' } as const;

/** Deletes the items whose time has come, as DynamoDB does some time later. */
export async function deleteExpired(context: Context): Promise<void> {
  for (const table of context.tables.all()) {
    const { timeToLive } = table.definition;
    if (timeToLive) await deleteExpiredOf(context, table, timeToLive);
  }
}

async function deleteExpiredOf(
  { store, write, now }: Context,
  table: Table,
  { id, attribute }: TimeToLive,
): Promise<void> {
  const seconds = Math.floor(now() / 1000);
  const at = (time: number) => Buffer.concat([expiryKey(id), encodeKeyValue({ N: String(time) })]);
  const isExpired = (item: Item) => {
    const value = item[attribute];
    const time = value && 'N' in value ? Number(value.N) : NaN;
    return time < seconds && time > seconds - OLDEST_SECONDS;
  };
  let keys: Item[] = [];
  const remove = async () => {
    const some = keys;
    keys = [];
    await write((writes) => {
      for (const key of some) {
        const item = writes.get(table, key);
        // It may have got another time since.
        if (item && isExpired(item)) writes.put(table, item, undefined, SERVICE);
      }
    });
  };
  for await (const [entry] of store.entries({ gte: at(seconds - OLDEST_SECONDS), lt: at(seconds) })) {
    keys.push(keyIn(entry, table));
    if (keys.length === AT_ONCE) await remove();
  }
  if (keys.length > 0) await remove();
}

/** The entry ends with where the item's row is. */
function keyIn(entry: Buffer, { rows }: Table): Item {
  const after = entry.subarray(expiryKey(0).length);
  return rows.keyAt(after.subarray(decodeKeyValues(after, ['N']).end));
}
