import { resourceInUse } from '../errors';
import { operation } from '../operation';
import type { BillingMode, IndexDefinition, TableDefinition } from '../tables/definition';
import { describeTable } from '../tables/description';
import {
  attributeDefinitions,
  billingMode,
  checkNewTableName,
  globalSecondaryIndexes,
  localSecondaryIndexes,
  newTableName,
  onDemandThroughput,
  provisionedThroughput,
  requiredKeySchema,
  sseSpecification,
  streamSpecification,
  tableClass,
  tags,
  warmThroughput,
} from '../tables/request-shapes';
import { checkSchema, invalidParameters, projectionOf } from '../tables/schema';
import {
  checkEncryption,
  checkOnDemandThroughput,
  checkTableClass,
  checkUnits,
  encryptionOf,
  newStreamView,
  onDemandThroughputOf,
  throughputOf,
} from '../tables/settings';
import { addTags } from '../tables/tags';
import { boolean, required, string, structure, type ValueOf } from '../validation/shape';

const shape = structure('CreateTableInput', {
  AttributeDefinitions: required(attributeDefinitions),
  TableName: newTableName,
  BillingMode: billingMode,
  ProvisionedThroughput: provisionedThroughput,
  KeySchema: requiredKeySchema,
  LocalSecondaryIndexes: localSecondaryIndexes,
  GlobalSecondaryIndexes: globalSecondaryIndexes,
  StreamSpecification: streamSpecification,
  SSESpecification: sseSpecification,
  Tags: tags,
  TableClass: tableClass,
  DeletionProtectionEnabled: boolean,
  OnDemandThroughput: onDemandThroughput,
  WarmThroughput: warmThroughput,
  ResourcePolicy: string(),
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
export const createTable = operation(
  shape,
  async ({ tables, define, now, accountId, region, streamLabel }, request) => {
    const { BillingMode: mode = 'PROVISIONED', TableClass: asked } = request;
    checkThroughput(request, mode);
    checkSchema(request, mode);
    const viewType = newStreamView(request.StreamSpecification);
    checkEncryption(request.SSESpecification);
    checkTableClass(asked);
    const tagged = addTags({}, request.Tags ?? []);
    const name = request.TableName!;
    const label = streamLabel !== undefined && { label: streamLabel };

    const definition = await define((writes) => {
      if (tables.find(name)) throw resourceInUse(`Table already exists: ${name}`);
      const created: TableDefinition = {
        name,
        id: writes.newId(),
        tableId: crypto.randomUUID(),
        createdAt: now(),
        attributeDefinitions: request.AttributeDefinitions,
        keySchema: request.KeySchema,
        billingMode: mode,
        ...(mode === 'PAY_PER_REQUEST' && { payPerRequestSince: now() }),
        throughput: throughputOf(request.ProvisionedThroughput),
        onDemandThroughput: onDemandThroughputOf(request.OnDemandThroughput),
        warmThroughput: request.WarmThroughput,
        indexes: newIndexes(request, writes.newId),
        tableClass: asked,
        deletionProtection: request.DeletionProtectionEnabled ?? false,
        encryption: encryptionOf(request.SSESpecification, `arn:aws:kms:${region}:${accountId}`),
        tags: tagged,
        ...(viewType && { stream: { id: writes.newId(), viewType, createdAt: now(), ...label } }),
        formerStreams: [],
      };
      writes.define(created);
      return created;
    });
    const indexes = definition.indexes.map((index): [string, 'CREATING'] => [index.name, 'CREATING']);
    return {
      TableDescription: describeTable(tables.table(name), tables, {
        table: 'CREATING',
        indexes: Object.fromEntries(indexes),
      }),
    };
  },
  checkNewTableName,
);

function checkThroughput(
  {
    ProvisionedThroughput: throughput,
    OnDemandThroughput,
    GlobalSecondaryIndexes = [],
  }: ValueOf<typeof shape>,
  mode: BillingMode,
): void {
  if (mode === 'PAY_PER_REQUEST' && throughput) {
    throw invalidParameters(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (mode === 'PROVISIONED' && !throughput) {
    throw invalidParameters(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    );
  }
  checkUnits(throughput);
  checkOnDemandThroughput(OnDemandThroughput, 'table', mode === 'PROVISIONED');
  for (const index of GlobalSecondaryIndexes) {
    checkUnits(index.ProvisionedThroughput);
    checkOnDemandThroughput(index.OnDemandThroughput, `index: ${index.IndexName}`, mode === 'PROVISIONED');
  }
}

function newIndexes(
  { LocalSecondaryIndexes = [], GlobalSecondaryIndexes = [] }: ValueOf<typeof shape>,
  newId: () => number,
): IndexDefinition[] {
  return [
    ...LocalSecondaryIndexes.map((index): IndexDefinition => ({
      name: index.IndexName,
      kind: 'local',
      id: newId(),
      keySchema: index.KeySchema,
      projection: projectionOf(index.Projection),
      throughput: throughputOf(undefined),
      backfilling: false,
    })),
    ...GlobalSecondaryIndexes.map((index): IndexDefinition => ({
      name: index.IndexName,
      kind: 'global',
      id: newId(),
      keySchema: index.KeySchema,
      projection: projectionOf(index.Projection),
      throughput: throughputOf(index.ProvisionedThroughput),
      onDemandThroughput: onDemandThroughputOf(index.OnDemandThroughput),
      warmThroughput: index.WarmThroughput,
      backfilling: false,
    })),
  ];
}
