import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { useDatabase } from '../database';
import {
  ALL,
  definitions,
  describeTable,
  invalid,
  key,
  onDemand,
  provisioned,
  simple,
  units,
} from '../table-shapes';

const db = useDatabase();
const base = {
  TableName: 'Never',
  AttributeDefinitions: definitions('a:S', 'b:S'),
  KeySchema: key('a', 'b'),
  ...onDemand,
};
const withLocal = (index: object) => ({
  ...base,
  LocalSecondaryIndexes: [{ IndexName: 'abc', KeySchema: key('a', 'b'), Projection: ALL, ...index }],
});
const withGlobal = (index: object, more: object = {}) => ({
  ...base,
  GlobalSecondaryIndexes: [{ IndexName: 'abc', KeySchema: key('b'), Projection: ALL, ...index }],
  ...more,
});

describe('a table that is created', () => {
  it('is CREATING in the answer, and there for the waiters', async () => {
    const { TableDescription } = await db.client.send(
      new CreateTableCommand({
        TableName: 'Waiters',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    expect(TableDescription?.TableStatus).toBe('CREATING');
    const waiter = { client: db.client, minDelay: 1, maxDelay: 1, maxWaitTime: 5 };
    await waitUntilTableExists(waiter, { TableName: 'Waiters' });
    const { Table } = await db.client.send(new DescribeTableCommand({ TableName: 'Waiters' }));
    expect(Table?.TableStatus).toBe('ACTIVE');
    expect(Table?.CreationDateTime).toBeInstanceOf(Date);

    const deleted = await db.client.send(new DeleteTableCommand({ TableName: 'Waiters' }));
    expect(deleted.TableDescription).toMatchObject({ TableName: 'Waiters', TableStatus: 'DELETING' });
    await waitUntilTableNotExists(waiter, { TableName: 'Waiters' });
  });

  it('is described with all that it has', async () => {
    await db.ok('CreateTable', {
      TableName: 'Described',
      AttributeDefinitions: definitions('pk:S', 'sk:N', 'other:B'),
      KeySchema: key('pk', 'sk'),
      ProvisionedThroughput: units(5, 6),
      LocalSecondaryIndexes: [
        {
          IndexName: 'local',
          KeySchema: key('pk', 'other'),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] },
        },
      ],
      GlobalSecondaryIndexes: [
        { IndexName: 'global', KeySchema: key('other'), Projection: ALL, ProvisionedThroughput: units(1, 2) },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      SSESpecification: { Enabled: true },
      TableClass: 'STANDARD_INFREQUENT_ACCESS',
      DeletionProtectionEnabled: true,
    });
    await db.ok('PutItem', {
      TableName: 'Described',
      Item: { pk: { S: 'a' }, sk: { N: '1' }, other: { B: 'AAE=' }, a: { S: 'xyz' }, b: { BOOL: true } },
    });
    const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Described';
    expect(await describeTable(db, 'Described')).toEqual({
      TableName: 'Described',
      TableArn: arn,
      TableId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as unknown,
      TableStatus: 'ACTIVE',
      CreationDateTime: expect.any(Number) as unknown,
      AttributeDefinitions: definitions('pk:S', 'sk:N', 'other:B'),
      KeySchema: key('pk', 'sk'),
      ProvisionedThroughput: { ...units(5, 6), NumberOfDecreasesToday: 0 },
      ItemCount: 1,
      // 3 for pk, 4 for sk, 7 for other, 4 for a, 2 for b:
      // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
      TableSizeBytes: 20,
      LocalSecondaryIndexes: [
        {
          IndexName: 'local',
          IndexArn: `${arn}/index/local`,
          KeySchema: key('pk', 'other'),
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] },
          ItemCount: 1,
          IndexSizeBytes: 18,
        },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'global',
          IndexArn: `${arn}/index/global`,
          IndexStatus: 'ACTIVE',
          KeySchema: key('other'),
          Projection: ALL,
          ProvisionedThroughput: { ...units(1, 2), NumberOfDecreasesToday: 0 },
          WarmThroughput: { ReadUnitsPerSecond: 1, WriteUnitsPerSecond: 2, Status: 'ACTIVE' },
          ItemCount: 1,
          IndexSizeBytes: 20,
        },
      ],
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      LatestStreamLabel: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/) as unknown,
      LatestStreamArn: expect.stringMatching(`^${arn}/stream/`) as unknown,
      SSEDescription: {
        Status: 'ENABLED',
        SSEType: 'KMS',
        KMSMasterKeyArn: expect.stringMatching(/^arn:aws:kms:us-east-1:000000000000:key\//) as unknown,
      },
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
      DeletionProtectionEnabled: true,
      WarmThroughput: { ReadUnitsPerSecond: 5, WriteUnitsPerSecond: 6, Status: 'ACTIVE' },
    });
  });

  it('is described without what it has not', async () => {
    await db.ok('CreateTable', simple('Plain'));
    const table = await describeTable(db, 'Plain');
    expect(Object.keys(table).sort()).toEqual([
      'AttributeDefinitions',
      'BillingModeSummary',
      'CreationDateTime',
      'DeletionProtectionEnabled',
      'ItemCount',
      'KeySchema',
      'ProvisionedThroughput',
      'TableArn',
      'TableId',
      'TableName',
      'TableSizeBytes',
      'TableStatus',
      'WarmThroughput',
    ]);
    expect(table.BillingModeSummary).toEqual({
      BillingMode: 'PAY_PER_REQUEST',
      LastUpdateToPayPerRequestDateTime: expect.any(Number) as unknown,
    });
    expect(table.ProvisionedThroughput).toEqual({ ...units(0), NumberOfDecreasesToday: 0 });
  });

  it('can be named by its ARN', async () => {
    await db.ok('CreateTable', simple('ByArn'));
    const { TableArn } = await describeTable(db, 'ByArn');
    expect(await describeTable(db, String(TableArn))).toMatchObject({ TableName: 'ByArn' });
    await db.ok('PutItem', { TableName: TableArn, Item: { id: { S: 'a' } } });
    expect(await describeTable(db, 'ByArn')).toMatchObject({ ItemCount: 1 });
  });

  it('is not there twice', async () => {
    await db.ok('CreateTable', simple('Twice'));
    expect(await db.refusal('CreateTable', simple('Twice'))).toBe(
      'ResourceInUseException: Table already exists: Twice',
    );
  });

  it('keeps nothing of an earlier one of its name', async () => {
    await db.ok('CreateTable', simple('Again'));
    await db.ok('PutItem', { TableName: 'Again', Item: { id: { S: 'a' } } });
    await db.ok('DeleteTable', { TableName: 'Again' });
    await db.ok('CreateTable', simple('Again'));
    expect(await db.ok('Scan', { TableName: 'Again' })).toMatchObject({ Count: 0 });
    expect(await describeTable(db, 'Again')).toMatchObject({ ItemCount: 0, TableSizeBytes: 0 });
  });
});

it.each<[string, object, string]>([
  [
    'no name',
    {},
    "ValidationException: The parameter 'TableName' is required but was not present in the request",
  ],
  [
    'a short name',
    { TableName: 'ab' },
    'ValidationException: TableName must be at least 3 characters long and at most 255 characters long',
  ],
  [
    'a name of other characters',
    { ...base, TableName: 'a;b' },
    "ValidationException: 1 validation error detected: Value 'a;b' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
  ],
  [
    'no keys',
    { TableName: 'Never' },
    "ValidationException: 2 validation errors detected: Value null at 'attributeDefinitions' failed to satisfy constraint: Member must not be null; Value null at 'keySchema' failed to satisfy constraint: Member must not be null",
  ],
  [
    'an empty key',
    { ...base, KeySchema: [] },
    "ValidationException: 1 validation error detected: Value '[]' at 'keySchema' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'an unknown mode',
    { ...base, BillingMode: '' },
    "ValidationException: 1 validation error detected: Value '' at 'billingMode' failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]",
  ],
  [
    'no throughput',
    { ...base, BillingMode: undefined },
    invalid(
      'ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED',
    ),
  ],
  [
    'throughput on demand',
    { ...base, ProvisionedThroughput: units(1) },
    invalid(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    ),
  ],
  [
    'too much throughput',
    { ...base, BillingMode: undefined, ProvisionedThroughput: units(1_000_000_000_001) },
    'ValidationException: Given value 1000000000001 for ReadCapacityUnits is out of bounds',
  ],
  [
    'more keys than definitions',
    { ...base, AttributeDefinitions: definitions('a:S') },
    'ValidationException: Invalid KeySchema: Some index key attribute have no definition',
  ],
  [
    'another key than is defined',
    { ...base, AttributeDefinitions: definitions('a:S', 'c:S') },
    invalid(
      'Some index key attributes are not defined in AttributeDefinitions. Keys: [a, b], AttributeDefinitions: [a, c]',
    ),
  ],
  [
    'the same key twice',
    { ...base, KeySchema: key('a', 'a') },
    'ValidationException: Both the Hash Key and the Range Key element in the KeySchema have the same name',
  ],
  [
    'no partition key',
    { ...base, KeySchema: [...key('a', 'b')].reverse() },
    'ValidationException: Invalid KeySchema: The first KeySchemaElement is not a HASH key type',
  ],
  [
    'two partition keys',
    { ...base, KeySchema: [...key('a'), ...key('b')] },
    'ValidationException: Invalid KeySchema: The second KeySchemaElement is not a RANGE key type',
  ],
  [
    'definitions too many',
    { ...base, KeySchema: key('a') },
    invalid(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    ),
  ],
  [
    'definitions too many, with an index',
    withGlobal({}, { AttributeDefinitions: definitions('a:S', 'b:S', 'c:S') }),
    invalid('Some AttributeDefinitions are not used. AttributeDefinitions: [a, b, c], keys used: [a, b]'),
  ],
  [
    'no local index',
    { ...base, LocalSecondaryIndexes: [] },
    invalid('List of LocalSecondaryIndexes is empty'),
  ],
  [
    'no global index',
    { ...base, GlobalSecondaryIndexes: [] },
    invalid('List of GlobalSecondaryIndexes is empty'),
  ],
  [
    'a local index without a sort key',
    withLocal({ KeySchema: key('a') }),
    invalid('Index KeySchema does not have a range key for index: abc'),
  ],
  [
    'a local index with another partition key',
    withLocal({ KeySchema: key('b', 'a') }),
    invalid(
      'Index KeySchema does not have the same leading hash key as table KeySchema for index: abc. index hash key: b, table hash key: a',
    ),
  ],
  [
    'a local index of a table without a sort key',
    { ...withLocal({}), AttributeDefinitions: definitions('a:S'), KeySchema: key('a') },
    invalid(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    ),
  ],
  ['no type of projection', withLocal({ Projection: {} }), invalid('Unknown ProjectionType: null')],
  [
    'attributes beside ALL',
    withGlobal({ Projection: { ...ALL, NonKeyAttributes: ['x'] } }),
    invalid('ProjectionType is ALL, but NonKeyAttributes is specified'),
  ],
  [
    'INCLUDE without attributes',
    withGlobal({ Projection: { ProjectionType: 'INCLUDE' } }),
    invalid('ProjectionType is INCLUDE, but NonKeyAttributes is not specified'),
  ],
  [
    'throughput of an index on demand',
    withGlobal({ ProvisionedThroughput: units(1) }),
    invalid(
      'ProvisionedThroughput should not be specified for index: abc when BillingMode is PAY_PER_REQUEST',
    ),
  ],
  [
    'no throughput of an index',
    withGlobal({}, provisioned),
    invalid('ProvisionedThroughput is not specified for index: abc'),
  ],
  [
    'two indexes of one name',
    { ...withGlobal({}), LocalSecondaryIndexes: withLocal({}).LocalSecondaryIndexes },
    invalid('Duplicate index name: abc'),
  ],
  [
    'six local indexes',
    {
      ...base,
      LocalSecondaryIndexes: [1, 2, 3, 4, 5, 6].map((n) => ({
        IndexName: `index-${n}`,
        KeySchema: key('a', 'b'),
        Projection: ALL,
      })),
    },
    invalid('Number of LocalSecondaryIndexes exceeds per-table limit of 5'),
  ],
  [
    'twenty-one global indexes',
    {
      ...base,
      GlobalSecondaryIndexes: Array.from({ length: 21 }, (_, n) => ({
        IndexName: `index-${n}`,
        KeySchema: key('a', 'b'),
        Projection: ALL,
      })),
    },
    invalid('GlobalSecondaryIndex count exceeds the per-table limit of 20'),
  ],
  [
    'a stream without a view',
    { ...base, StreamSpecification: { StreamEnabled: true } },
    invalid('Table is being created with a stream enabled, UpdateViewType is required'),
  ],
  [
    'an unknown class',
    { ...base, TableClass: 'CHEAP' },
    'ValidationException: Invalid table-class parameter provided. Please try again with a valid table-class value: [STANDARD, STANDARD_INFREQUENT_ACCESS].',
  ],
  [
    'a tag twice',
    { ...base, Tags: ['1', '2'].map((Value) => ({ Key: 'a', Value })) },
    'ValidationException: Duplicate Tag Keys provided as input: Duplicate Tag Key found a',
  ],
])('refuses to create a table with %s', async (_, request, message) => {
  expect(await db.refusal('CreateTable', request)).toBe(message);
  expect((await db.ok('ListTables', {})).TableNames).not.toContain('Never');
});
