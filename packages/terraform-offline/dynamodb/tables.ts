import { setTimeout as sleep } from 'node:timers/promises';
import type { KeySchema, SecondaryIndex, Table } from '../terraform/model';
import type { Call } from './operator-client';

/** For every place where the tables may be. */
const WAYS_OUT = [
  'start with --reset to empty the database, or with another --data-dir',
  'with --in-memory, start again',
  'with --dynamodb-endpoint, delete the table there',
].join('; ');

interface TableDescription {
  readonly TableStatus: string;
  readonly KeySchema: KeySchema;
  readonly AttributeDefinitions: Table['attributeDefinitions'];
  readonly GlobalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly LocalSecondaryIndexes?: readonly SecondaryIndex[];
}

/**
 * Creates the tables that are missing, and waits for them.
 * @throws when there is a table of that name with other keys or indexes
 */
export async function createMissingTables(call: Call, tables: readonly Table[]): Promise<void> {
  await Promise.all(tables.map((table) => createIfMissing(call, table)));
}

async function createIfMissing(call: Call, table: Table): Promise<void> {
  const wanted = {
    AttributeDefinitions: table.attributeDefinitions,
    KeySchema: table.keySchema,
    GlobalSecondaryIndexes: unlessEmpty(table.globalSecondaryIndexes),
    LocalSecondaryIndexes: unlessEmpty(table.localSecondaryIndexes),
  };
  let existing = await describe(call, table.name);
  while (existing?.TableStatus === 'DELETING') {
    await sleep(20);
    existing = await describe(call, table.name);
  }
  if (!existing) {
    await call('CreateTable', { ...wanted, TableName: table.name, BillingMode: 'PAY_PER_REQUEST' });
    while ((await describe(call, table.name))?.TableStatus !== 'ACTIVE') await sleep(5);
    return;
  }
  const [is, shouldBe] = [shape(existing), shape(wanted)];
  if (is !== shouldBe) {
    throw new Error(
      `the table ${table.name} in the database has ${is}; the stack declares ${shouldBe}: ${WAYS_OUT}`,
    );
  }
}

async function describe(call: Call, TableName: string): Promise<TableDescription | undefined> {
  const answer = (await call('DescribeTable', { TableName })) as { Table: TableDescription } | undefined;
  return answer?.Table;
}

/** DynamoDB refuses empty lists of indexes. */
function unlessEmpty(indexes: readonly SecondaryIndex[] | undefined): readonly SecondaryIndex[] | undefined {
  return indexes?.length ? indexes : undefined;
}

/** What cannot be changed once a table is there, in words: `the key id (S)`. */
function shape(table: Omit<TableDescription, 'TableStatus'>): string {
  const types = new Map(table.AttributeDefinitions.map((a) => [a.AttributeName, a.AttributeType]));
  const keys = (schema: KeySchema) =>
    schema.map(({ AttributeName }) => `${AttributeName} (${types.get(AttributeName)})`).join(' and ');
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])]
    .map(({ IndexName, KeySchema }) => `the index ${IndexName} on ${keys(KeySchema)}`)
    .sort();
  return [`the key ${keys(table.KeySchema)}`, ...indexes].join(', ');
}
