import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { KeySchema, SecondaryIndex, StreamViewType, Table } from '../terraform/model/table';

/** Calls an operation of DynamoDB's; undefined when the resource does not exist. */
export type Call = (operation: string, input: object) => Promise<unknown>;

/** For every place where the tables may be. */
const waysOut = (table: string) =>
  [
    `start with --reset-table ${table} to make it anew, empty, or with another --data-dir`,
    'with --in-memory, start again',
    'with --dynamodb-endpoint, delete the table there',
  ].join('; ');

interface TableDescription {
  readonly TableStatus: string;
  readonly KeySchema: KeySchema;
  readonly AttributeDefinitions: Table['attributeDefinitions'];
  readonly GlobalSecondaryIndexes?: readonly (SecondaryIndex & { readonly IndexStatus: string })[];
  readonly LocalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly StreamSpecification?: {
    readonly StreamEnabled: boolean;
    readonly StreamViewType?: StreamViewType;
  };
}

/**
 * Makes the tables in the database what the stacks declare, as an apply would, and keeps their items: tables that are
 * missing are made; global indexes, streams and the time to live are changed in place; items that are declared and missing
 * are written.
 * @param warn told of an item that cannot be written
 * @throws when a table would have to be replaced
 */
export async function applyTables(
  call: Call,
  tables: readonly Table[],
  warn: (message: string) => void,
): Promise<void> {
  await Promise.all(
    tables.map(async (table) => {
      await applyTable(call, table);
      await writeItems(call, table, warn);
    }),
  );
}

/** As the provider does: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table_item */
async function writeItems(
  call: Call,
  { name: TableName, keySchema: [hash], items = [] }: Table,
  warn: (message: string) => void,
): Promise<void> {
  const isNew = {
    ConditionExpression: 'attribute_not_exists(#hash)',
    ExpressionAttributeNames: { '#hash': hash?.AttributeName },
  };
  for (const { address, item } of items) {
    await call('PutItem', { TableName, Item: item, ...isNew }).catch((error: Error) => {
      if (error.name !== 'ConditionalCheckFailedException') {
        warn(`${address}: the table ${TableName} does not take this item: ${error.message}`);
      }
    });
  }
}

/** Deletes these tables, or all that there are, and tells which there were. */
export async function deleteTables(call: Call, names?: readonly string[]): Promise<string[]> {
  const deleted: string[] = [];
  for (;;) {
    const { TableNames } = (await call('ListTables', {})) as { TableNames: string[] };
    const wanted = TableNames.filter((name) => !deleted.includes(name) && (names?.includes(name) ?? true));
    if (wanted.length === 0) return deleted;
    for (const TableName of wanted) {
      await call('UpdateTable', { TableName, DeletionProtectionEnabled: false });
      await call('DeleteTable', { TableName });
      while (await describe(call, TableName)) await sleep(5);
      deleted.push(TableName);
    }
  }
}

async function applyTable(call: Call, table: Table): Promise<void> {
  const TableName = table.name;
  let existing = await describe(call, TableName);
  while (existing?.TableStatus === 'DELETING') {
    await sleep(20);
    existing = await describe(call, TableName);
  }
  if (existing) await changeTable(call, table, existing);
  else {
    await call('CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: table.attributeDefinitions,
      KeySchema: table.keySchema,
      ...(table.globalSecondaryIndexes?.length && { GlobalSecondaryIndexes: table.globalSecondaryIndexes }),
      ...(table.localSecondaryIndexes?.length && { LocalSecondaryIndexes: table.localSecondaryIndexes }),
      ...(table.streamViewType && { StreamSpecification: streamOf(table) }),
    });
    await whenActive(call, TableName);
  }
  await applyTimeToLive(call, table);
}

/** One change for each call of UpdateTable: it takes no more. */
async function changeTable(call: Call, table: Table, existing: TableDescription): Promise<void> {
  const TableName = table.name;
  const wanted = { AttributeDefinitions: table.attributeDefinitions, KeySchema: table.keySchema };
  const [is, shouldBe] = [
    fixed(existing),
    fixed({ ...wanted, LocalSecondaryIndexes: table.localSecondaryIndexes }),
  ];
  if (is !== shouldBe) {
    throw new Error(
      `the table ${TableName} in the database has ${is}; the stack declares ${shouldBe}: ${waysOut(TableName)}`,
    );
  }
  const update = async (change: object) => {
    await call('UpdateTable', { TableName, ...change });
    await whenActive(call, TableName);
  };
  const there = existing.GlobalSecondaryIndexes ?? [];
  const declared = table.globalSecondaryIndexes ?? [];
  for (const { IndexName, ...index } of there) {
    const same = declared.find((one) => one.IndexName === IndexName);
    if (same && isSameIndex({ IndexName, ...index }, same)) continue;
    await update({ GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] });
  }
  for (const index of declared) {
    if (there.some((one) => one.IndexName === index.IndexName && isSameIndex(one, index))) continue;
    await update({
      AttributeDefinitions: table.attributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    });
  }
  const stream = existing.StreamSpecification?.StreamViewType;
  if (stream === table.streamViewType) return;
  if (stream !== undefined) await update({ StreamSpecification: { StreamEnabled: false } });
  if (table.streamViewType !== undefined) await update({ StreamSpecification: streamOf(table) });
}

function streamOf({ streamViewType }: Table) {
  return { StreamEnabled: true, StreamViewType: streamViewType };
}

function isSameIndex(one: SecondaryIndex, other: SecondaryIndex): boolean {
  const comparable = ({ KeySchema, Projection }: SecondaryIndex) => [
    KeySchema,
    Projection.ProjectionType,
    [...(Projection.NonKeyAttributes ?? [])].sort(),
  ];
  return isDeepStrictEqual(comparable(one), comparable(other));
}

async function applyTimeToLive(call: Call, { name: TableName, timeToLiveAttribute }: Table): Promise<void> {
  const answer = (await call('DescribeTimeToLive', { TableName })) as
    { TimeToLiveDescription?: { AttributeName?: string } } | undefined;
  const is = answer?.TimeToLiveDescription?.AttributeName;
  if (is === timeToLiveAttribute) return;
  const specify = (AttributeName: string, Enabled: boolean) =>
    call('UpdateTimeToLive', { TableName, TimeToLiveSpecification: { AttributeName, Enabled } });
  if (is !== undefined) await specify(is, false);
  if (timeToLiveAttribute !== undefined) await specify(timeToLiveAttribute, true);
}

async function whenActive(call: Call, TableName: string): Promise<void> {
  for (;;) {
    const table = await describe(call, TableName);
    const indexes = table?.GlobalSecondaryIndexes ?? [];
    const statuses = [table?.TableStatus, ...indexes.map(({ IndexStatus }) => IndexStatus)];
    if (statuses.every((status) => status === 'ACTIVE')) return;
    await sleep(5);
  }
}

async function describe(call: Call, TableName: string): Promise<TableDescription | undefined> {
  const answer = (await call('DescribeTable', { TableName })) as { Table: TableDescription } | undefined;
  return answer?.Table;
}

/** What cannot be changed once a table is there, in words: `the key id (S)`. */
function fixed(
  table: Pick<TableDescription, 'AttributeDefinitions' | 'KeySchema' | 'LocalSecondaryIndexes'>,
): string {
  const types = new Map(table.AttributeDefinitions.map((a) => [a.AttributeName, a.AttributeType]));
  const keys = (schema: KeySchema) =>
    schema.map(({ AttributeName }) => `${AttributeName} (${types.get(AttributeName)})`).join(' and ');
  const indexes = (table.LocalSecondaryIndexes ?? [])
    .map(({ IndexName, KeySchema }) => `the local index ${IndexName} on ${keys(KeySchema)}`)
    .sort();
  return [`the key ${keys(table.KeySchema)}`, ...indexes].join(', ');
}
