import type { Item } from '../attribute-value';
import { encodeKeyValue } from '../storage/key-encoding';
import { expiryKey } from '../storage/keyspace';
import type { Table } from './table';

/** Where the entry is that tells when an item expires; undefined when it does not: other types than numbers are ignored. */
export function expiryEntry({ definition }: Table, item: Item, rowKey: Buffer): Buffer | undefined {
  const { timeToLive } = definition;
  const value = timeToLive && Object.hasOwn(item, timeToLive.attribute) && item[timeToLive.attribute];
  if (!value || !('N' in value)) return undefined;
  return Buffer.concat([expiryKey(timeToLive.id), encodeKeyValue(value), rowKey]);
}
