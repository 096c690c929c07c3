import { validation } from '../errors';

/** Where a reader is in a shard. */
export interface Position {
  readonly streamArn: string;
  readonly shardId: string;
  /** The next record is the first with this number or a greater one. */
  readonly from: bigint;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

/**
 * A shard iterator: begins with the stream's ARN, as DynamoDB's do.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetShardIterator.html
 */
export function encodeIterator({ streamArn, shardId, from, madeAt }: Position): string {
  const position = Buffer.from(JSON.stringify([shardId, String(from), madeAt])).toString('base64');
  return `${streamArn}|1|${position}`;
}

/** @throws what DynamoDB says of text that is no iterator */
export function decodeIterator(text: string): Position {
  const [, streamArn, position] = /^(arn:[^|]+)\|1\|([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  if (streamArn === undefined || position === undefined) throw invalidIterator();
  try {
    const [shardId, from, madeAt] = JSON.parse(Buffer.from(position, 'base64').toString()) as [
      string,
      string,
      number,
    ];
    return { streamArn, shardId, from: BigInt(from), madeAt };
  } catch {
    throw invalidIterator();
  }
}

function invalidIterator(): Error {
  return validation('Invalid ShardIterator');
}
