import { operation } from '../operation';
import { sequenceNumber } from '../streams/sequence';
import { firstSequence, lastSequence, streamAt } from '../streams/streams';
import { limit } from '../tables/request-shapes';
import { oneOf, required, string, structure } from '../validation/shape';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_DescribeStream.html */
export const describeStream = operation(
  structure('DescribeStreamInput', {
    StreamArn: required(string({ min: 37, max: 1024 })),
    Limit: limit(100),
    ExclusiveStartShardId: string({ min: 28, max: 65 }),
    ShardFilter: structure('ShardFilter', {
      Type: oneOf('CHILD_SHARDS'),
      ShardId: string({ min: 28, max: 65 }),
    }),
  }),
  async ({ tables, store }, { StreamArn, ExclusiveStartShardId: start, ShardFilter }) => {
    const stream = streamAt(tables, StreamArn);
    const { definition, table, label, shardId } = stream;
    const isClosed = definition.closedAt !== undefined;
    const last = isClosed ? ((await lastSequence(store, stream)) ?? firstSequence(stream)) : undefined;
    const shard = {
      ShardId: shardId,
      SequenceNumberRange: {
        StartingSequenceNumber: sequenceNumber(firstSequence(stream)),
        ...(last !== undefined && { EndingSequenceNumber: sequenceNumber(last) }),
      },
    };
    return {
      StreamDescription: {
        StreamArn,
        StreamLabel: label,
        StreamStatus: isClosed ? 'DISABLED' : 'ENABLED',
        StreamViewType: definition.viewType,
        CreationRequestDateTime: definition.createdAt / 1000,
        TableName: table.name,
        KeySchema: table.definition.keySchema,
        // The only shard has no children, and there is none behind it.
        Shards: start !== undefined || ShardFilter ? [] : [shard],
      },
    };
  },
);
