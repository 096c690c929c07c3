import type { Context } from '../context';
import { limitExceeded, resourceInUse, resourceNotFound, validation } from '../errors';
import { operation } from '../operation';
import type { BillingMode, IndexDefinition, TableDefinition, Throughput } from '../tables/definition';
import { describeTable } from '../tables/description';
import {
  attributeDefinitions,
  billingMode,
  globalSecondaryIndexUpdates,
  onDemandThroughput,
  provisionedThroughput,
  checkTableName,
  sseSpecification,
  streamSpecification,
  tableClass,
  tableNameOrArn,
  warmThroughput,
} from '../tables/request-shapes';
import { MOST_GLOBAL_INDEXES, checkGlobalIndex, invalidParameters, projectionOf } from '../tables/schema';
import {
  NO_THROUGHPUT,
  checkEncryption,
  checkOnDemandThroughput,
  checkTableClass,
  checkUnits,
  encryptionOf,
  onDemandThroughputOf,
  throughputOf,
} from '../tables/settings';
import type { Table } from '../tables/table';
import { boolean, structure, type ValueOf } from '../validation/shape';

const shape = structure('UpdateTableInput', {
  AttributeDefinitions: attributeDefinitions,
  TableName: tableNameOrArn,
  ProvisionedThroughput: provisionedThroughput,
  BillingMode: billingMode,
  GlobalSecondaryIndexUpdates: globalSecondaryIndexUpdates,
  StreamSpecification: streamSpecification,
  SSESpecification: sseSpecification,
  TableClass: tableClass,
  DeletionProtectionEnabled: boolean,
  OnDemandThroughput: onDemandThroughput,
  WarmThroughput: warmThroughput,
});

type Request = ValueOf<typeof shape>;
type IndexUpdate = NonNullable<Request['GlobalSecondaryIndexUpdates']>[number];

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html */
export const updateTable = operation(
  shape,
  async (context, request) => {
    checkRequest(request);
    const { tables } = context;
    const changing = await context.define((writes) => {
      const table = tables.named(request.TableName!);
      if (table.definition.indexes.some(({ backfilling }) => backfilling)) {
        throw resourceInUse(
          `Attempt to change a resource which is still in use: Table is being updated: ${table.name}`,
        );
      }
      const { updated, dropped } = changed(table, request, context, writes.newId);
      writes.define(updated, dropped);
      return indexesOf(request);
    });
    const updated = tables.named(request.TableName!);
    const TableDescription = describeTable(updated, tables, { table: 'UPDATING', indexes: changing });
    context.backfill(updated.name);
    context.clean();
    return { TableDescription };
  },
  checkTableName,
);

/** What is wrong with the request whatever the table is. */
function checkRequest(request: Request): void {
  const { BillingMode, ProvisionedThroughput, GlobalSecondaryIndexUpdates: updates } = request;
  const asked = ASKABLE.filter((name) => request[name] !== undefined);
  if (asked.length === 0 || (asked.length === 1 && updates?.length === 0)) {
    throw validation(
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required',
    );
  }
  if (BillingMode === 'PROVISIONED' && !ProvisionedThroughput) {
    throw invalidParameters('ProvisionedThroughput must be specified when BillingMode is PROVISIONED');
  }
  if (BillingMode === 'PAY_PER_REQUEST' && ProvisionedThroughput) {
    throw invalidParameters(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  checkUnits(ProvisionedThroughput);
  for (const [name, called] of ALONE) {
    if (request[name] !== undefined && asked.length > 1) {
      throw invalidParameters(`${called} must be the only operation in the request`);
    }
  }
  if (
    request.OnDemandThroughput &&
    asked.some((name) => name !== 'OnDemandThroughput' && name !== 'BillingMode')
  ) {
    throw invalidParameters(
      'OnDemandThroughput can only be combined with BillingMode in an UpdateTable request',
    );
  }
  checkTableClass(request.TableClass);
  checkEncryption(request.SSESpecification);
  checkStream(request);
  checkIndexUpdates(request);
}

/** What UpdateTable changes. */
const ASKABLE = [
  'ProvisionedThroughput',
  'BillingMode',
  'StreamSpecification',
  'GlobalSecondaryIndexUpdates',
  'SSESpecification',
  'DeletionProtectionEnabled',
  'OnDemandThroughput',
  'WarmThroughput',
  'TableClass',
] as const satisfies readonly (keyof Request)[];

/** What must be changed on its own, as the error calls it. */
const ALONE = [
  ['SSESpecification', 'Server-Side Encryption modification'],
  ['TableClass', 'TableClass modification'],
  ['DeletionProtectionEnabled', 'DeletionProtection modification'],
] as const;

function checkStream({
  StreamSpecification: stream,
  ProvisionedThroughput,
  GlobalSecondaryIndexUpdates,
}: Request) {
  if (!stream) return;
  if (stream.StreamEnabled && stream.StreamViewType === undefined) {
    throw invalidParameters('If stream is being enabled then UpdateViewType is required');
  }
  if (!stream.StreamEnabled && stream.StreamViewType !== undefined) {
    throw invalidParameters('If stream is being disabled, then UpdateViewType must not be specified');
  }
  if (ProvisionedThroughput) {
    throw invalidParameters('You cannot modify stream status while updating table IOPS');
  }
  if (GlobalSecondaryIndexUpdates?.some(({ Create, Delete }) => Create ?? Delete)) {
    throw invalidParameters('You cannot create or delete index while changing stream status');
  }
}

function checkIndexUpdates({
  GlobalSecondaryIndexUpdates = [],
  ProvisionedThroughput,
  BillingMode,
}: Request) {
  const names = new Set<string>();
  for (const update of GlobalSecondaryIndexUpdates) {
    const actions = Object.values(update);
    const [action] = actions;
    if (!action) {
      throw invalidParameters(
        'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
      );
    }
    if (actions.length > 1) {
      throw invalidParameters(
        'Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object',
      );
    }
    if (names.has(action.IndexName)) {
      throw invalidParameters(
        `Only one global secondary index update per index is allowed simultaneously. Index: ${action.IndexName}`,
      );
    }
    names.add(action.IndexName);
    checkUnits((update.Update ?? update.Create)?.ProvisionedThroughput);
  }
  const madeOrDeleted = GlobalSecondaryIndexUpdates.filter(({ Create, Delete }) => Create ?? Delete);
  if (madeOrDeleted.length > 0 && ProvisionedThroughput && BillingMode === undefined) {
    throw invalidParameters('You cannot create or delete index while updating table IOPS');
  }
  if (madeOrDeleted.length > 1) {
    throw limitExceeded(
      'Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    );
  }
}

/** The table as it is to be, and the numbers of what goes with the change. */
function changed(
  table: Table,
  request: Request,
  { now, region, accountId }: Context,
  newId: () => number,
): { updated: TableDefinition; dropped: number[] } {
  const { definition } = table;
  const mode = request.BillingMode ?? definition.billingMode;
  const { indexes, dropped } = changedIndexes(definition, request, mode, newId, now());
  const stream = changedStream(table, request, newId, now());
  checkOnDemandThroughput(request.OnDemandThroughput, 'table', mode === 'PROVISIONED');
  const updated: TableDefinition = {
    ...definition,
    ...stream,
    attributeDefinitions: definitionsFor({ ...definition, indexes }, request),
    billingMode: mode,
    payPerRequestSince:
      mode === 'PAY_PER_REQUEST' && definition.billingMode !== mode ? now() : definition.payPerRequestSince,
    throughput: changedThroughput(definition, request, mode, now()),
    onDemandThroughput:
      mode === 'PROVISIONED'
        ? undefined
        : onDemandThroughputOf(request.OnDemandThroughput, definition.onDemandThroughput),
    warmThroughput: request.WarmThroughput
      ? { ...definition.warmThroughput, ...request.WarmThroughput }
      : definition.warmThroughput,
    indexes,
    tableClass: (request.TableClass as TableDefinition['tableClass']) ?? definition.tableClass,
    deletionProtection: request.DeletionProtectionEnabled ?? definition.deletionProtection,
    encryption: changedEncryption(definition, request, `arn:aws:kms:${region}:${accountId}`),
  };
  return { updated, dropped };
}

function changedThroughput(
  { throughput, billingMode: before }: TableDefinition,
  { ProvisionedThroughput: asked }: Request,
  mode: BillingMode,
  now: number,
): Throughput {
  if (mode === 'PAY_PER_REQUEST') {
    if (asked) {
      throw invalidParameters(
        'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
      );
    }
    return before === mode ? throughput : { ...NO_THROUGHPUT, decreasedAt: now };
  }
  if (!asked) return throughput;
  return nextThroughput(
    throughput,
    throughputOf(asked),
    before === 'PROVISIONED' ? 'the table' : undefined,
    now,
  );
}

/** @param of what must change: `the table`, or `the index GameTitleIndex`; undefined when it may stay */
function nextThroughput(
  before: Throughput,
  asked: Throughput,
  of: string | undefined,
  now: number,
): Throughput {
  if (of !== undefined && before.read === asked.read && before.write === asked.write) {
    throw validation(
      `The provisioned throughput for ${of} will not change. The requested value equals the current value. ` +
        `Current ReadCapacityUnits provisioned for ${of}: ${before.read}. Requested ReadCapacityUnits: ${asked.read}. ` +
        `Current WriteCapacityUnits provisioned for ${of}: ${before.write}. Requested WriteCapacityUnits: ${asked.write}. ` +
        'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
    );
  }
  const rises = asked.read > before.read || asked.write > before.write;
  const falls = asked.read < before.read || asked.write < before.write;
  return {
    read: asked.read,
    write: asked.write,
    increasedAt: rises ? now : before.increasedAt,
    decreasedAt: falls ? now : before.decreasedAt,
    decreasesToday: before.decreasesToday + (falls ? 1 : 0),
  };
}

function changedIndexes(
  definition: TableDefinition,
  request: Request,
  mode: BillingMode,
  newId: () => number,
  now: number,
): { indexes: IndexDefinition[]; dropped: number[] } {
  let indexes = definition.indexes.map((index) =>
    mode === 'PAY_PER_REQUEST' ? { ...index, throughput: NO_THROUGHPUT } : index,
  );
  const dropped: number[] = [];
  const updates = request.GlobalSecondaryIndexUpdates ?? [];
  for (const { Create, Update, Delete } of updates) {
    if (Create) {
      indexes.push(newIndex(Create, definition, request, mode, newId));
    } else if (Delete) {
      const index = existing(definition, Delete.IndexName, 'delete');
      dropped.push(index.id);
      indexes = indexes.filter(({ id }) => id !== index.id);
    } else if (Update) {
      const index = existing(definition, Update.IndexName, 'update');
      const after = updatedIndex(index, Update, definition.billingMode, mode, now);
      indexes = indexes.map((other) => (other.id === index.id ? after : other));
    }
  }
  if (mode === 'PROVISIONED' && definition.billingMode !== mode) checkAllProvisioned(indexes);
  if (indexes.filter(({ kind }) => kind === 'global').length > MOST_GLOBAL_INDEXES) {
    throw limitExceeded(`GlobalSecondaryIndex count exceeds the per-table limit of ${MOST_GLOBAL_INDEXES}`);
  }
  return { indexes, dropped };
}

function checkAllProvisioned(indexes: readonly IndexDefinition[]): void {
  const without = indexes.filter(({ kind, throughput }) => kind === 'global' && throughput.read === 0);
  if (without.length > 0) {
    const names = without.map(({ name }) => name).join(',');
    throw invalidParameters(`ProvisionedThroughput must be specified for index: ${names}`);
  }
}

function existing({ name, indexes }: TableDefinition, indexName: string, verb: string): IndexDefinition {
  const index = indexes.find((candidate) => candidate.name === indexName);
  if (!index) throw resourceNotFound(`Requested resource not found: Index ${indexName} for table ${name}`);
  if (index.kind === 'local') {
    throw validation(`Cannot ${verb} an index that is not a GlobalSecondaryIndex: ${indexName}`);
  }
  return index;
}

function newIndex(
  create: NonNullable<IndexUpdate['Create']>,
  { indexes, attributeDefinitions: before }: TableDefinition,
  { AttributeDefinitions = [] }: Request,
  mode: BillingMode,
  newId: () => number,
): IndexDefinition {
  const { IndexName, KeySchema, Projection } = create;
  if (indexes.some(({ name }) => name === IndexName)) {
    throw validation('Attempting to create an index which already exists');
  }
  const defined = [...AttributeDefinitions, ...before].map(({ AttributeName }) => AttributeName);
  checkGlobalIndex(create, [...new Set(defined)], mode);
  return {
    name: IndexName,
    kind: 'global',
    id: newId(),
    keySchema: KeySchema,
    projection: projectionOf(Projection),
    throughput: throughputOf(create.ProvisionedThroughput),
    onDemandThroughput: onDemandThroughputOf(create.OnDemandThroughput),
    warmThroughput: create.WarmThroughput,
    backfilling: true,
  };
}

function updatedIndex(
  index: IndexDefinition,
  { ProvisionedThroughput, OnDemandThroughput, WarmThroughput }: NonNullable<IndexUpdate['Update']>,
  before: BillingMode,
  mode: BillingMode,
  now: number,
): IndexDefinition {
  const { name } = index;
  if (WarmThroughput && Object.keys(WarmThroughput).length === 0) {
    throw invalidParameters(
      `WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified for index: ${name}`,
    );
  }
  if (mode === 'PAY_PER_REQUEST') {
    if (ProvisionedThroughput) {
      throw invalidParameters(
        `Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: ${name} when BillingMode is PAY_PER_REQUEST`,
      );
    }
    if (!WarmThroughput && Object.keys(OnDemandThroughput ?? {}).length === 0) {
      throw invalidParameters(
        `The only Updates for index: ${name} when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput`,
      );
    }
  }
  checkOnDemandThroughput(OnDemandThroughput, `index: ${name}`, mode === 'PROVISIONED');
  return {
    ...index,
    throughput: ProvisionedThroughput
      ? nextThroughput(
          index.throughput,
          throughputOf(ProvisionedThroughput),
          before === 'PROVISIONED' ? `the index ${name}` : undefined,
          now,
        )
      : index.throughput,
    onDemandThroughput: onDemandThroughputOf(OnDemandThroughput, index.onDemandThroughput),
    warmThroughput: WarmThroughput ? { ...index.warmThroughput, ...WarmThroughput } : index.warmThroughput,
  };
}

/** Attributes that are no key any more are not defined any more; those that are keep their types. */
function definitionsFor(
  { attributeDefinitions: before, keySchema, indexes }: TableDefinition,
  { AttributeDefinitions = [] }: Request,
): TableDefinition['attributeDefinitions'] {
  const keys = [keySchema, ...indexes.map((index) => index.keySchema)].flat();
  const all = new Map([...AttributeDefinitions, ...before].map((one) => [one.AttributeName, one]));
  return [...all.values()].filter(({ AttributeName }) =>
    keys.some((key) => key.AttributeName === AttributeName),
  );
}

function changedStream(
  { name, definition: { stream, formerStreams } }: Table,
  { StreamSpecification: asked }: Request,
  newId: () => number,
  now: number,
): Pick<TableDefinition, 'stream' | 'formerStreams'> {
  if (!asked) return { stream, formerStreams };
  if (asked.StreamEnabled) {
    if (stream) throw validation(`Table already has an enabled stream: TableName: ${name}`);
    return { stream: { id: newId(), viewType: asked.StreamViewType!, createdAt: now }, formerStreams };
  }
  if (!stream) throw validation(`Table has no stream to disable: TableName: ${name}`);
  return { stream: undefined, formerStreams: [...formerStreams, { ...stream, closedAt: now }] };
}

function changedEncryption(
  { encryption }: TableDefinition,
  { SSESpecification: asked }: Request,
  keyArnPrefix: string,
): TableDefinition['encryption'] {
  if (!asked) return encryption;
  if (!asked.Enabled && !encryption) throw invalidParameters('Table is already encrypted by default');
  return encryptionOf(asked, keyArnPrefix);
}

function indexesOf({ GlobalSecondaryIndexUpdates = [] }: Request): Record<string, 'CREATING' | 'UPDATING'> {
  return Object.fromEntries(
    GlobalSecondaryIndexUpdates.flatMap(({ Create, Update }) => [
      ...(Create ? [[Create.IndexName, 'CREATING'] as const] : []),
      ...(Update ? [[Update.IndexName, 'UPDATING'] as const] : []),
    ]),
  );
}
