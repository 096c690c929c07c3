import type { Context } from '../context';
import { validation } from '../errors';
import { changedIndexes, nextThroughput } from './changed-indexes';
import type { BillingMode, TableDefinition, Throughput } from './definition';
import type { UpdateTableInput } from './request-shapes';
import { invalidParameters } from './schema';
import {
  NO_THROUGHPUT,
  checkOnDemandThroughput,
  encryptionOf,
  onDemandThroughputOf,
  throughputOf,
} from './settings';
import type { Table } from './table';

/** The table as it is to be, and the numbers of what goes with the change. */
export function changedTable(
  table: Table,
  request: UpdateTableInput,
  context: Context,
  newId: () => number,
): { updated: TableDefinition; dropped: number[] } {
  const { definition } = table;
  const { now, region, accountId } = context;
  const mode = request.BillingMode ?? definition.billingMode;
  const { indexes, dropped } = changedIndexes(definition, request, mode, newId, now());
  const stream = changedStream(table, request, newId, context);
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
  { ProvisionedThroughput: asked }: UpdateTableInput,
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

/** Attributes that are no key any more are not defined any more; those that are keep their types. */
function definitionsFor(
  { attributeDefinitions: before, keySchema, indexes }: TableDefinition,
  { AttributeDefinitions = [] }: UpdateTableInput,
): TableDefinition['attributeDefinitions'] {
  const keys = [keySchema, ...indexes.map((index) => index.keySchema)].flat();
  const all = new Map([...AttributeDefinitions, ...before].map((one) => [one.AttributeName, one]));
  return [...all.values()].filter(({ AttributeName }) =>
    keys.some((key) => key.AttributeName === AttributeName),
  );
}

function changedStream(
  { name, definition: { stream, formerStreams } }: Table,
  { StreamSpecification: asked }: UpdateTableInput,
  newId: () => number,
  { now, streamLabel }: Context,
): Pick<TableDefinition, 'stream' | 'formerStreams'> {
  if (!asked) return { stream, formerStreams };
  if (asked.StreamEnabled) {
    if (stream) throw validation(`Table already has an enabled stream: TableName: ${name}`);
    const label = streamLabel !== undefined && { label: streamLabel };
    const switchedOn = { id: newId(), viewType: asked.StreamViewType!, createdAt: now(), ...label };
    return { stream: switchedOn, formerStreams };
  }
  if (!stream) throw validation(`Table has no stream to disable: TableName: ${name}`);
  return { stream: undefined, formerStreams: [...formerStreams, { ...stream, closedAt: now() }] };
}

function changedEncryption(
  { encryption }: TableDefinition,
  { SSESpecification: asked }: UpdateTableInput,
  keyArnPrefix: string,
): TableDefinition['encryption'] {
  if (!asked) return encryption;
  if (!asked.Enabled && !encryption) throw invalidParameters('Table is already encrypted by default');
  return encryptionOf(asked, keyArnPrefix);
}
