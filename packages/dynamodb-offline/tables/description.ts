import type { Catalog } from './catalog';
import type { IndexDefinition, TableDefinition, Throughput, WarmThroughput } from './definition';
import type { Table } from './table';
import { streamArn, streamLabel } from '../streams/names';

/** What a change puts a table, or one of its indexes, into until it is done. */
export interface Changing {
  readonly table?: 'CREATING' | 'UPDATING' | 'DELETING';
  readonly indexes?: Readonly<Record<string, 'CREATING' | 'UPDATING' | 'DELETING'>>;
}

/** What a table without provisioned throughput can serve at once, and what it can at least. */
const ON_DEMAND_WARM = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000 };

/**
 * A table as DescribeTable tells it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html
 * @param changing what the answer to a change says: changes are done by the time it arrives
 */
export function describeTable(table: Table, catalog: Catalog, changing: Changing = {}): object {
  const { definition, arn } = table;
  const { count, size } = catalog.counts(definition.id);
  const latestStream = definition.stream ?? definition.formerStreams.at(-1);
  const isBackfilling = definition.indexes.some(({ backfilling }) => backfilling);
  const global = definition.indexes.filter(({ kind }) => kind === 'global');
  const local = definition.indexes.filter(({ kind }) => kind === 'local');
  return {
    AttributeDefinitions: definition.attributeDefinitions,
    TableName: definition.name,
    KeySchema: definition.keySchema,
    TableStatus: changing.table ?? (isBackfilling ? 'UPDATING' : 'ACTIVE'),
    CreationDateTime: definition.createdAt / 1000,
    ProvisionedThroughput: throughput(definition.throughput),
    TableSizeBytes: size,
    ItemCount: count,
    TableArn: arn,
    TableId: definition.tableId,
    ...billing(definition, changing),
    ...(local.length > 0 && {
      LocalSecondaryIndexes: local.map((index) => describeIndex(index, table, catalog)),
    }),
    ...(global.length > 0 && {
      GlobalSecondaryIndexes: global.map((index) => ({
        ...describeIndex(index, table, catalog),
        IndexStatus: changing.indexes?.[index.name] ?? (index.backfilling ? 'CREATING' : 'ACTIVE'),
        ...(index.backfilling && { Backfilling: true }),
        ProvisionedThroughput: throughput(index.throughput),
        ...(index.onDemandThroughput && { OnDemandThroughput: index.onDemandThroughput }),
        WarmThroughput: warm(index.warmThroughput, index.throughput, definition),
      })),
    }),
    ...(definition.stream && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: definition.stream.viewType },
    }),
    ...(latestStream && {
      LatestStreamLabel: streamLabel(latestStream),
      LatestStreamArn: streamArn(arn, latestStream),
    }),
    ...(definition.encryption && {
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: definition.encryption.keyArn },
    }),
    ...(definition.tableClass && { TableClassSummary: { TableClass: definition.tableClass } }),
    DeletionProtectionEnabled: definition.deletionProtection,
    ...(definition.onDemandThroughput && { OnDemandThroughput: definition.onDemandThroughput }),
    WarmThroughput: warm(definition.warmThroughput, definition.throughput, definition),
  };
}

function billing({ billingMode, payPerRequestSince }: TableDefinition, { table }: Changing): object {
  if (billingMode === 'PROVISIONED' && payPerRequestSince === undefined) return {};
  return {
    BillingModeSummary: {
      BillingMode: billingMode,
      ...(payPerRequestSince !== undefined &&
        table !== 'CREATING' && { LastUpdateToPayPerRequestDateTime: payPerRequestSince / 1000 }),
    },
  };
}

function describeIndex(
  { name, id, keySchema, projection }: IndexDefinition,
  { arn }: Table,
  catalog: Catalog,
) {
  const { count, size } = catalog.counts(id);
  return {
    IndexName: name,
    KeySchema: keySchema,
    Projection: {
      ProjectionType: projection.type,
      ...(projection.attributes.length > 0 && { NonKeyAttributes: projection.attributes }),
    },
    IndexSizeBytes: size,
    ItemCount: count,
    IndexArn: `${arn}/index/${name}`,
  };
}

function throughput({ read, write, increasedAt, decreasedAt, decreasesToday }: Throughput) {
  return {
    ...(increasedAt !== undefined && { LastIncreaseDateTime: increasedAt / 1000 }),
    ...(decreasedAt !== undefined && { LastDecreaseDateTime: decreasedAt / 1000 }),
    NumberOfDecreasesToday: decreasesToday,
    ReadCapacityUnits: read,
    WriteCapacityUnits: write,
  };
}

function warm(
  asked: WarmThroughput | undefined,
  { read, write }: Throughput,
  { billingMode }: TableDefinition,
) {
  const least =
    billingMode === 'PAY_PER_REQUEST'
      ? ON_DEMAND_WARM
      : { ReadUnitsPerSecond: read, WriteUnitsPerSecond: write };
  return {
    ReadUnitsPerSecond: asked?.ReadUnitsPerSecond ?? least.ReadUnitsPerSecond,
    WriteUnitsPerSecond: asked?.WriteUnitsPerSecond ?? least.WriteUnitsPerSecond,
    Status: 'ACTIVE',
  };
}
