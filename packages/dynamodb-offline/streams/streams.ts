import { resourceNotFound } from '../errors';
import { beginningWith, streamKey } from '../storage/keyspace';
import type { Store } from '../storage/store';
import type { Catalog } from '../tables/catalog';
import type { StreamDefinition } from '../tables/definition';
import type { Table } from '../tables/table';
import { streamArn, streamLabel } from './names';
import { sequenceAt, sequenceIn } from './sequence';

/** A stream of a table, on or switched off less than a day ago. All its records are in one shard. */
export interface Stream {
  readonly table: Table;
  readonly definition: StreamDefinition;
  readonly arn: string;
  readonly label: string;
  /** `shardId-00000001764387000000-0a1b2c3d` */
  readonly shardId: string;
}

/** All streams, in order of their ARNs. */
export function allStreams(tables: Catalog): Stream[] {
  return tables.all().flatMap((table) => {
    const { stream, formerStreams } = table.definition;
    const all = stream ? [...formerStreams, stream] : formerStreams;
    // Of streams with the same label, the name is that of the latest.
    const named = new Map(all.map((definition) => [streamLabel(definition), definition]));
    return [...named.values()].map((definition) => ({
      table,
      definition,
      arn: streamArn(table.arn, definition),
      label: streamLabel(definition),
      shardId: `shardId-${String(definition.createdAt).padStart(20, '0')}-${definition.id.toString(16).padStart(8, '0')}`,
    }));
  });
}

/** @throws ResourceNotFoundException */
export function streamAt(tables: Catalog, arn: string): Stream {
  const found = allStreams(tables).find((stream) => stream.arn === arn);
  if (!found) throw resourceNotFound(`Requested resource not found: Stream: ${arn} not found`);
  return found;
}

/** Where the shard begins: before its first record. */
export function firstSequence({ definition }: Stream): bigint {
  return sequenceAt(definition.createdAt);
}

/** The number of the record written last; undefined when there is none. */
export async function lastSequence(store: Store, { definition }: Stream): Promise<bigint | undefined> {
  const range = beginningWith(streamKey(definition.id));
  for await (const [key] of store.entries(range, { reverse: true, limit: 1 })) return sequenceIn(key);
  return undefined;
}
