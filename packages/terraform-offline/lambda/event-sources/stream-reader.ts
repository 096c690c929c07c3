import type { Call } from '../../dynamodb/tables';
import type { EventSourceMapping } from '../../terraform/model/event-source-mapping';
import type { StreamRecord } from './stream-record';

/** What GetRecords gives at most. */
const MOST_RECORDS = 1000;

export interface StreamReaderOptions {
  readonly call: Call;
  readonly tableName: string;
  readonly startingPosition: EventSourceMapping['startingPosition'];
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

interface Shard {
  readonly id: string;
  readonly parent: string | undefined;
  readonly from: EventSourceMapping['startingPosition'];
  iterator: string | undefined;
  /** The number of the record read last. */
  last: string | undefined;
  isRead: boolean;
}

interface ShardDescription {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly SequenceNumberRange: { readonly EndingSequenceNumber?: string };
}

/** Reads the stream of a table from a position on, each record once. */
export class StreamReader {
  private streamArn: string | undefined;
  private shards: Shard[] = [];
  private isFirst = true;

  constructor(private readonly options: StreamReaderOptions) {}

  /** Takes its place in the stream: what is written from now on is read. */
  async open(): Promise<void> {
    if (this.isFirst) await this.findShards();
  }

  /**
   * The next records, in order; none when all have been read.
   * @throws when the database does not answer
   */
  async read(limit: number): Promise<StreamRecord[]> {
    await this.open();
    let hasEnded = false;
    for (const shard of this.shards) {
      const parent = this.shards.find(({ id }) => id === shard.parent);
      if (shard.isRead || (parent && !parent.isRead)) continue;
      const { Records, NextShardIterator } = await this.records(shard, Math.min(limit, MOST_RECORDS));
      shard.iterator = NextShardIterator;
      shard.last = Records.at(-1)?.dynamodb.SequenceNumber ?? shard.last;
      if (NextShardIterator === undefined) {
        shard.isRead = true;
        hasEnded = true;
      }
      if (Records.length > 0) return Records;
    }
    if (!hasEnded && this.shards.some(({ isRead }) => !isRead)) return [];
    // Shards that have taken the place of those that ended.
    const known = this.shards.length;
    await this.findShards();
    return this.shards.length > known ? this.read(limit) : [];
  }

  private async records(shard: Shard, Limit: number) {
    const answer = async () => {
      shard.iterator ??= await this.iterator(shard);
      return this.options.call('GetRecords', { ShardIterator: shard.iterator, Limit });
    };
    const given = (await answer().catch(() => {
      // It has expired.
      shard.iterator = undefined;
      return answer();
    })) as { Records: StreamRecord[]; NextShardIterator?: string } | undefined;
    if (!given) return { Records: [], NextShardIterator: undefined };
    const { startedAt } = this.options;
    const since = shard.from === 'LATEST' ? Math.floor(startedAt / 1000) : 0;
    const Records = given.Records.filter(({ dynamodb }) => dynamodb.ApproximateCreationDateTime >= since);
    return { ...given, Records };
  }

  private async iterator({ id, from, last }: Shard): Promise<string | undefined> {
    // A second one for LATEST would pass over what has been written since the first.
    const beginning = { ShardIteratorType: this.isFirst ? from : 'TRIM_HORIZON' };
    const given = (await this.options.call('GetShardIterator', {
      StreamArn: this.streamArn,
      ShardId: id,
      ...(last === undefined
        ? beginning
        : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: last }),
    })) as { ShardIterator: string } | undefined;
    return given?.ShardIterator;
  }

  /** The stream has another name, and other shards, once it has been switched off and on, or its table made anew. */
  private async findShards(): Promise<void> {
    const { call, tableName, startingPosition } = this.options;
    const described = (await call('DescribeTable', { TableName: tableName })) as
      { Table: { LatestStreamArn?: string } } | undefined;
    this.streamArn = described?.Table.LatestStreamArn;
    if (this.streamArn === undefined) return;
    for (const { ShardId: id, ParentShardId, SequenceNumberRange } of await this.describe(this.streamArn)) {
      if (this.shards.some((shard) => shard.id === id)) continue;
      const from = this.isFirst ? startingPosition : 'TRIM_HORIZON';
      const isRead = from === 'LATEST' && SequenceNumberRange.EndingSequenceNumber !== undefined;
      const shard: Shard = { id, parent: ParentShardId, from, iterator: undefined, last: undefined, isRead };
      if (!isRead) shard.iterator = await this.iterator(shard);
      this.shards.push(shard);
    }
    this.isFirst = false;
  }

  private async describe(StreamArn: string): Promise<ShardDescription[]> {
    const shards: ShardDescription[] = [];
    for (;;) {
      const start = shards.at(-1)?.ShardId;
      const page = (await this.options.call('DescribeStream', {
        StreamArn,
        ...(start !== undefined && { ExclusiveStartShardId: start }),
      })) as { StreamDescription: { Shards: ShardDescription[]; LastEvaluatedShardId?: string } } | undefined;
      shards.push(...(page?.StreamDescription.Shards ?? []));
      if (page?.StreamDescription.LastEvaluatedShardId === undefined) return shards;
    }
  }
}
