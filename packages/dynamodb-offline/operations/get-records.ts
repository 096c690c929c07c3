import type { Item } from '../attribute-value';
import { modeled, resourceNotFound } from '../errors';
import { itemSize } from '../items/size';
import { operation } from '../operation';
import { decodeRecord } from '../storage/record-codec';
import { afterPrefix, streamKey } from '../storage/keyspace';
import { decodeIterator, encodeIterator } from '../streams/iterators';
import { recordKey, sequenceAt, sequenceIn, sequenceNumber } from '../streams/sequence';
import { streamAt } from '../streams/streams';
import { LIFETIME_MS } from '../streams/trim';
import type { StoredRecord } from '../streams/write';
import type { StreamViewType } from '../tables/definition';
import { limit } from '../tables/request-shapes';
import { required, string, structure } from '../validation/shape';

const MOST_RECORDS = 1000;
const MOST_BYTES = 1024 * 1024;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html: "A shard iterator expires 15 minutes after it is retrieved". */
const ITERATOR_MS = 15 * 60 * 1000;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html */
export const getRecords = operation(
  structure('GetRecordsInput', {
    ShardIterator: required(string({ min: 1, max: 2048 })),
    Limit: limit(MOST_RECORDS),
  }),
  async ({ tables, store, now, region }, { ShardIterator, Limit = MOST_RECORDS }) => {
    const position = decodeIterator(ShardIterator);
    const stream = streamAt(tables, position.streamArn);
    if (stream.shardId !== position.shardId) throw resourceNotFound();
    if (position.madeAt < now() - ITERATOR_MS) {
      throw modeled(
        'ExpiredIteratorException',
        'The shard iterator is expired. Get a new one with GetShardIterator.',
      );
    }
    const { id, viewType, closedAt } = stream.definition;
    const oldest = sequenceAt(now() - LIFETIME_MS);
    const from = position.from > oldest ? position.from : oldest;
    const range = { gte: recordKey(id, from), lt: afterPrefix(streamKey(id)) };
    const Records: object[] = [];
    let bytes = 0;
    let next = from;
    for await (const [key, value] of store.entries(range, { limit: Limit })) {
      const stored = decodeRecord(value) as StoredRecord;
      const size = sizeOf(stored);
      if (Records.length > 0 && bytes + size > MOST_BYTES) break;
      bytes += size;
      next = sequenceIn(key) + 1n;
      Records.push(recordOf(stored, sequenceIn(key), viewType, region));
    }
    // A shard that is closed ends behind its last record.
    const isEnd = closedAt !== undefined && Records.length === 0;
    return {
      Records,
      ...(!isEnd && { NextShardIterator: encodeIterator({ ...position, from: next, madeAt: now() }) }),
    };
  },
);

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html */
function recordOf(stored: StoredRecord, sequence: bigint, viewType: StreamViewType, region: string): object {
  return {
    eventID: sequence.toString(16).padStart(32, '0'),
    eventName: stored.eventName,
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(stored.at / 1000),
      Keys: stored.keys,
      ...(stored.newImage && { NewImage: stored.newImage }),
      ...(stored.oldImage && { OldImage: stored.oldImage }),
      SequenceNumber: sequenceNumber(sequence),
      SizeBytes: sizeOf(stored),
      StreamViewType: viewType,
    },
    ...(stored.userIdentity && { userIdentity: stored.userIdentity }),
  };
}

function sizeOf({ keys, newImage, oldImage }: StoredRecord): number {
  return [keys, newImage, oldImage].reduce(
    (sum, image: Item | undefined) => sum + (image ? itemSize(image) : 0),
    0,
  );
}
