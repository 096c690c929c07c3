import { limitExceeded, resourceNotFound, validation } from '../errors';
import type { BillingMode, IndexDefinition, TableDefinition, Throughput } from './definition';
import type { UpdateTableInput } from './request-shapes';
import { MOST_GLOBAL_INDEXES, checkGlobalIndex, invalidParameters, projectionOf } from './schema';
import { NO_THROUGHPUT, checkOnDemandThroughput, onDemandThroughputOf, throughputOf } from './settings';

type IndexUpdate = NonNullable<UpdateTableInput['GlobalSecondaryIndexUpdates']>[number];

/** The indexes as they are to be, and the numbers of those that go. */
export function changedIndexes(
  definition: TableDefinition,
  request: UpdateTableInput,
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
  { AttributeDefinitions = [] }: UpdateTableInput,
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

/** @param of what must change: `the table`, or `the index GameTitleIndex`; undefined when it may stay */
export function nextThroughput(
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
