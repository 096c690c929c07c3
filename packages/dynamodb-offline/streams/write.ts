import type { AttributeValue, Item } from '../attribute-value';
import { equalValues } from '../evaluation/compare';
import { encodeRecord } from '../storage/record-codec';
import type { Change } from '../storage/store';
import type { StreamViewType } from '../tables/definition';
import { keyAttributes } from '../tables/key-schema';
import type { Table } from '../tables/table';
import { recordKey } from './sequence';

/** Who changed an item, when it was not a caller. */
export interface UserIdentity {
  readonly Type: 'Service';
  readonly PrincipalId: 'dynamodb.amazonaws.com';
}

/** A stream record as it is stored. */
export interface StoredRecord {
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly keys: Item;
  readonly newImage?: Item;
  readonly oldImage?: Item;
  readonly userIdentity?: UserIdentity;
}

/**
 * The record that a write leaves in the stream of its table. A write that changes nothing leaves none.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 * @param sequence gives the next number
 */
export function streamChange(
  { definition: { stream }, key }: Table,
  before: Item | undefined,
  after: Item | undefined,
  at: number,
  sequence: () => bigint,
  userIdentity?: UserIdentity,
): Change | undefined {
  if (!stream || (before && after && equalValues({ M: before }, { M: after }))) return undefined;
  const item = (after ?? before)!;
  const record: StoredRecord = {
    eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
    at,
    keys: Object.fromEntries(
      keyAttributes(key).map(({ name }): [string, AttributeValue] => [name, item[name]!]),
    ),
    ...(after && shows(stream.viewType, 'NEW_IMAGE') && { newImage: after }),
    ...(before && shows(stream.viewType, 'OLD_IMAGE') && { oldImage: before }),
    ...(userIdentity && { userIdentity }),
  };
  return { type: 'put', key: recordKey(stream.id, sequence()), value: encodeRecord(record) };
}

function shows(viewType: StreamViewType, image: 'NEW_IMAGE' | 'OLD_IMAGE'): boolean {
  return viewType === image || viewType === 'NEW_AND_OLD_IMAGES';
}
