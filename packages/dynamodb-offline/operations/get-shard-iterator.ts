import type { Context } from '../context';
import { resourceNotFound, validation } from '../errors';
import { operation } from '../operation';
import { encodeIterator } from '../streams/iterators';
import { parseSequenceNumber } from '../streams/sequence';
import { firstSequence, lastSequence, streamAt, type Stream } from '../streams/streams';
import { oneOf, required, string, structure, type ValueOf } from '../validation/shape';

const shape = structure('GetShardIteratorInput', {
  StreamArn: required(string({ min: 37, max: 1024 })),
  ShardId: required(string({ min: 28, max: 65 })),
  ShardIteratorType: required(oneOf('AFTER_SEQUENCE_NUMBER', 'LATEST', 'AT_SEQUENCE_NUMBER', 'TRIM_HORIZON')),
  SequenceNumber: string({ min: 21, max: 40 }),
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html */
export const getShardIterator = operation(shape, async (context, request) => {
  const { StreamArn: streamArn, ShardId: shardId } = request;
  const stream = streamAt(context.tables, streamArn);
  if (stream.shardId !== shardId) {
    throw resourceNotFound(
      `Requested resource not found: Shard: ${shardId} in Stream: ${streamArn} not found`,
    );
  }
  const from = await start(context, stream, request);
  return { ShardIterator: encodeIterator({ streamArn, shardId, from, madeAt: context.now() }) };
});

async function start(
  { store }: Context,
  stream: Stream,
  { ShardIteratorType: type, SequenceNumber: number }: ValueOf<typeof shape>,
): Promise<bigint> {
  switch (type) {
    case 'TRIM_HORIZON':
      return firstSequence(stream);
    case 'LATEST':
      return ((await lastSequence(store, stream)) ?? firstSequence(stream)) + 1n;
    case 'AT_SEQUENCE_NUMBER':
      return sequenceOf(number);
    case 'AFTER_SEQUENCE_NUMBER':
      return sequenceOf(number) + 1n;
  }
}

function sequenceOf(number: string | undefined): bigint {
  if (number === undefined) {
    throw validation(
      'One or more parameter values were invalid: SequenceNumber must be specified for this ShardIteratorType',
    );
  }
  const sequence = parseSequenceNumber(number);
  if (sequence === undefined) throw validation(`Invalid SequenceNumber: ${number}`);
  return sequence;
}
