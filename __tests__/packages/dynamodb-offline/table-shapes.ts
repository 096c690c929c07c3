import type { TestDatabase } from './database';

/** Members of CreateTable as tests write them: `definitions('id:S')`, `key('id')`. */
export const definitions = (...attributes: string[]) =>
  attributes.map((attribute) => {
    const [AttributeName, AttributeType] = attribute.split(':');
    return { AttributeName, AttributeType };
  });
export const key = (hash: string, range?: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' }]),
];
export const units = (read: number, write = read) => ({ ReadCapacityUnits: read, WriteCapacityUnits: write });
export const ALL = { ProjectionType: 'ALL' };
export const onDemand = { BillingMode: 'PAY_PER_REQUEST' };
export const simple = (TableName: string) => ({
  TableName,
  AttributeDefinitions: definitions('id:S'),
  KeySchema: key('id'),
  ...onDemand,
});

export const provisioned = { BillingMode: 'PROVISIONED', ProvisionedThroughput: units(1) };

export const invalid = (text: string) =>
  `ValidationException: One or more parameter values were invalid: ${text}`;

export async function describeTable(db: TestDatabase, TableName: string) {
  return (await db.ok('DescribeTable', { TableName })).Table as Record<string, unknown> & {
    readonly GlobalSecondaryIndexes?: readonly Record<string, unknown>[];
  };
}

/** What DescribeTable tells once nothing is being changed. */
export async function settled(db: TestDatabase, TableName: string) {
  for (;;) {
    const table = await describeTable(db, TableName);
    if (table.TableStatus === 'ACTIVE') return table;
  }
}
