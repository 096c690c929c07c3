import { limitExceeded, resourceInUse, validation } from '../errors';
import { operation } from '../operation';
import { changedTable } from '../tables/changed-table';
import { describeTable } from '../tables/description';
import { checkTableName, type UpdateTableInput, updateTableInput } from '../tables/request-shapes';
import { invalidParameters } from '../tables/schema';
import { checkEncryption, checkTableClass, checkUnits } from '../tables/settings';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html */
export const updateTable = operation(
  updateTableInput,
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
      const { updated, dropped } = changedTable(table, request, context, writes.newId);
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
function checkRequest(request: UpdateTableInput): void {
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
] as const satisfies readonly (keyof UpdateTableInput)[];

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
}: UpdateTableInput) {
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
}: UpdateTableInput) {
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

function indexesOf({
  GlobalSecondaryIndexUpdates = [],
}: UpdateTableInput): Record<string, 'CREATING' | 'UPDATING'> {
  return Object.fromEntries(
    GlobalSecondaryIndexUpdates.flatMap(({ Create, Update }) => [
      ...(Create ? [[Create.IndexName, 'CREATING'] as const] : []),
      ...(Update ? [[Update.IndexName, 'UPDATING'] as const] : []),
    ]),
  );
}
