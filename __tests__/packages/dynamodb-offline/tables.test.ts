import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  PutItemCommand,
  QueryCommand,
  UpdateTableCommand,
  paginateListTables,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from '@aws-sdk/client-dynamodb';
import { useDatabase } from './database';

const db = useDatabase();
const definitions = (...attributes: string[]) =>
  attributes.map((attribute) => {
    const [AttributeName, AttributeType] = attribute.split(':');
    return { AttributeName, AttributeType };
  });
const key = (hash: string, range?: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' }]),
];
const units = (read: number, write = read) => ({ ReadCapacityUnits: read, WriteCapacityUnits: write });
const ALL = { ProjectionType: 'ALL' };
const onDemand = { BillingMode: 'PAY_PER_REQUEST' };
const simple = (TableName: string) => ({
  TableName,
  AttributeDefinitions: definitions('id:S'),
  KeySchema: key('id'),
  ...onDemand,
});

async function describeTable(TableName: string) {
  return (await db.ok('DescribeTable', { TableName })).Table as Record<string, unknown> & {
    readonly GlobalSecondaryIndexes?: readonly Record<string, unknown>[];
  };
}

/** What DescribeTable tells once nothing is being changed. */
async function settled(TableName: string) {
  for (;;) {
    const table = await describeTable(TableName);
    if (table.TableStatus === 'ACTIVE') return table;
  }
}

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
    expect(await describeTable('Described')).toEqual({
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
    const table = await describeTable('Plain');
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
    const { TableArn } = await describeTable('ByArn');
    expect(await describeTable(String(TableArn))).toMatchObject({ TableName: 'ByArn' });
    await db.ok('PutItem', { TableName: TableArn, Item: { id: { S: 'a' } } });
    expect(await describeTable('ByArn')).toMatchObject({ ItemCount: 1 });
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
    expect(await describeTable('Again')).toMatchObject({ ItemCount: 0, TableSizeBytes: 0 });
  });
});

const invalid = (text: string) => `ValidationException: One or more parameter values were invalid: ${text}`;
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
const provisioned = { BillingMode: 'PROVISIONED', ProvisionedThroughput: units(1) };

// Messages that DynamoDB was seen to answer with.
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

describe('an index that is added', () => {
  it('gets the items that are there, and those that come meanwhile', async () => {
    const name = await db.table('Growing', 'id:S');
    const put = (id: number) =>
      db.client.send(
        new PutItemCommand({
          TableName: name,
          Item: {
            id: { S: `id-${id}` },
            ...(id % 2 === 0 && { group: { S: 'even' } }),
            n: { N: String(id) },
          },
        }),
      );
    await Promise.all(Array.from({ length: 250 }, (_, id) => put(id)));
    // An item of another type stays out of the index.
    await db.ok('PutItem', { TableName: name, Item: { id: { S: 'other' }, group: { N: '1' } } });
    const { TableDescription } = await db.client.send(
      new UpdateTableCommand({
        TableName: name,
        AttributeDefinitions: [
          { AttributeName: 'id', AttributeType: 'S' },
          { AttributeName: 'group', AttributeType: 'S' },
        ],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: 'byGroup',
              KeySchema: [{ AttributeName: 'group', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          },
        ],
      }),
    );
    expect(TableDescription).toMatchObject({ TableStatus: 'UPDATING' });
    expect(TableDescription?.GlobalSecondaryIndexes?.[0]).toMatchObject({
      IndexStatus: 'CREATING',
      Backfilling: true,
    });
    await Promise.all(Array.from({ length: 50 }, (_, id) => put(250 + id)));
    const table = await settled(name);
    expect(table.GlobalSecondaryIndexes?.[0]).toMatchObject({ IndexStatus: 'ACTIVE', ItemCount: 150 });
    expect(table.GlobalSecondaryIndexes?.[0]).not.toHaveProperty('Backfilling');
    expect(table.AttributeDefinitions).toEqual(definitions('id:S', 'group:S'));

    const { Items } = await db.client.send(
      new QueryCommand({
        TableName: name,
        IndexName: 'byGroup',
        KeyConditionExpression: '#group = :even',
        ExpressionAttributeNames: { '#group': 'group' },
        ExpressionAttributeValues: { ':even': { S: 'even' } },
      }),
    );
    const expected = Array.from({ length: 150 }, (_, half) => `id-${half * 2}`).sort();
    expect(Items?.map(({ id }) => id?.S).sort()).toEqual(expected);
    expect(Items?.[0]).toEqual({ id: expect.anything() as unknown, group: { S: 'even' } });
  });

  it('is gone when it is deleted, with the definition of its key', async () => {
    const name = await db.table('Shrinking', 'id:S', { byOther: { key: 'other:S' } });
    await db.ok('PutItem', { TableName: name, Item: { id: { S: 'a' }, other: { S: 'b' } } });
    await db.ok('UpdateTable', {
      TableName: name,
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'byOther' } }],
    });
    const table = await settled(name);
    expect(table).not.toHaveProperty('GlobalSecondaryIndexes');
    expect(table.AttributeDefinitions).toEqual(definitions('id:S'));
    // The attribute is no key any more.
    await db.ok('PutItem', { TableName: name, Item: { id: { S: 'a' }, other: { N: '1' } } });
  });
});

describe('a table that is updated', () => {
  it('goes from provisioned to on demand and back', async () => {
    await db.ok('CreateTable', { ...simple('Billing'), ...provisioned });
    expect(await describeTable('Billing')).not.toHaveProperty('BillingModeSummary');
    await db.ok('UpdateTable', { TableName: 'Billing', ...onDemand });
    expect(await describeTable('Billing')).toMatchObject({
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ProvisionedThroughput: units(0),
    });
    await db.ok('UpdateTable', {
      TableName: 'Billing',
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: units(3),
    });
    expect(await describeTable('Billing')).toMatchObject({
      BillingModeSummary: { BillingMode: 'PROVISIONED' },
      ProvisionedThroughput: units(3),
    });
  });

  it('tells when its throughput rose and fell', async () => {
    await db.ok('CreateTable', { ...simple('Throughput'), ...provisioned });
    await db.ok('UpdateTable', { TableName: 'Throughput', ProvisionedThroughput: units(5) });
    await db.ok('UpdateTable', { TableName: 'Throughput', ProvisionedThroughput: units(2) });
    expect((await describeTable('Throughput')).ProvisionedThroughput).toEqual({
      ...units(2),
      NumberOfDecreasesToday: 1,
      LastIncreaseDateTime: expect.any(Number) as unknown,
      LastDecreaseDateTime: expect.any(Number) as unknown,
    });
  });

  it('cannot be deleted while it is protected', async () => {
    await db.ok('CreateTable', { ...simple('Protected'), DeletionProtectionEnabled: true });
    expect(await db.refusal('DeleteTable', { TableName: 'Protected' })).toBe(
      'ValidationException: Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    );
    await db.ok('UpdateTable', { TableName: 'Protected', DeletionProtectionEnabled: false });
    await db.ok('DeleteTable', { TableName: 'Protected' });
  });

  it.each<[string, object, string]>([
    [
      'nothing',
      {},
      'ValidationException: At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required',
    ],
    [
      'the throughput it has',
      { ProvisionedThroughput: units(1) },
      'ValidationException: The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: 1. Requested ReadCapacityUnits: 1. Current WriteCapacityUnits provisioned for the table: 1. Requested WriteCapacityUnits: 1. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
    ],
    [
      'a mode without throughput',
      { BillingMode: 'PROVISIONED' },
      invalid('ProvisionedThroughput must be specified when BillingMode is PROVISIONED'),
    ],
    [
      'its class and its protection at once',
      { TableClass: 'STANDARD', DeletionProtectionEnabled: true },
      invalid('TableClass modification must be the only operation in the request'),
    ],
    [
      'a stream without a view',
      { StreamSpecification: { StreamEnabled: true } },
      invalid('If stream is being enabled then UpdateViewType is required'),
    ],
    [
      'no stream, where there is none',
      { StreamSpecification: { StreamEnabled: false } },
      'ValidationException: Table has no stream to disable: TableName: Updated',
    ],
    [
      'an empty change of an index',
      { GlobalSecondaryIndexUpdates: [{}] },
      invalid(
        'One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null',
      ),
    ],
    [
      'an index that is not there',
      { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'ghost' } }] },
      'ResourceNotFoundException: Requested resource not found: Index ghost for table Updated',
    ],
    [
      'a local index',
      { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'local' } }] },
      'ValidationException: Cannot delete an index that is not a GlobalSecondaryIndex: local',
    ],
    [
      'an index of a name that is taken',
      {
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: 'local',
              KeySchema: key('id'),
              Projection: ALL,
              ProvisionedThroughput: units(1),
            },
          },
        ],
      },
      'ValidationException: Attempting to create an index which already exists',
    ],
    [
      'two indexes at once',
      {
        GlobalSecondaryIndexUpdates: ['one', 'two'].map((IndexName) => ({
          Create: { IndexName, KeySchema: key('id'), Projection: ALL, ProvisionedThroughput: units(1) },
        })),
      },
      'LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table',
    ],
    [
      'an index on an attribute without a type',
      {
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: 'new',
              KeySchema: key('z'),
              Projection: ALL,
              ProvisionedThroughput: units(1),
            },
          },
        ],
      },
      invalid(
        'Some index key attributes are not defined in AttributeDefinitions. Keys: [z], AttributeDefinitions: [id, sk]',
      ),
    ],
  ])('refuses %s', async (_, change, message) => {
    await db.call('CreateTable', {
      TableName: 'Updated',
      AttributeDefinitions: definitions('id:S', 'sk:S'),
      KeySchema: key('id', 'sk'),
      LocalSecondaryIndexes: [{ IndexName: 'local', KeySchema: key('id', 'sk'), Projection: ALL }],
      ...provisioned,
    });
    const before = await describeTable('Updated');
    expect(await db.refusal('UpdateTable', { TableName: 'Updated', ...change })).toBe(message);
    expect(await describeTable('Updated')).toEqual(before);
  });

  it('keeps the types of its keys, whatever a change says of them', async () => {
    await db.ok('CreateTable', { ...simple('Typed'), ...onDemand });
    await db.ok('UpdateTable', {
      TableName: 'Typed',
      AttributeDefinitions: definitions('id:N', 'other:S'),
      GlobalSecondaryIndexUpdates: [
        { Create: { IndexName: 'byOther', KeySchema: key('other'), Projection: ALL } },
      ],
    });
    const { AttributeDefinitions } = await settled('Typed');
    expect(AttributeDefinitions).toHaveLength(2);
    expect(AttributeDefinitions).toEqual(expect.arrayContaining(definitions('id:S', 'other:S')));
  });

  it.each(['DescribeTable', 'DeleteTable', 'DescribeTimeToLive'])(
    'must be there for %s',
    async (operation) => {
      expect(await db.refusal(operation, { TableName: 'Absent' })).toBe(
        'ResourceNotFoundException: Requested resource not found: Table: Absent not found',
      );
    },
  );
});

it('lists tables page by page, in order of their names', async () => {
  for (const name of ['list-c', 'list-a', 'list-b']) await db.ok('CreateTable', simple(name));
  const pages = paginateListTables({ client: db.client, pageSize: 2 }, {});
  const names: string[] = [];
  for await (const { TableNames } of pages) {
    expect(TableNames?.length).toBeLessThanOrEqual(2);
    names.push(...(TableNames ?? []));
  }
  expect(names).toEqual([...names].sort());
  expect(names.filter((name) => name.startsWith('list-'))).toEqual(['list-a', 'list-b', 'list-c']);
  expect(await db.ok('ListTables', { ExclusiveStartTableName: 'list-b', Limit: 1 })).toMatchObject({
    TableNames: ['list-c'],
  });
});

describe('tags', () => {
  const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Tagged';
  const tagsOf = async () => (await db.ok('ListTagsOfResource', { ResourceArn: arn })).Tags;

  it('are added, replaced and removed', async () => {
    await db.ok('CreateTable', { ...simple('Tagged'), Tags: [{ Key: 'a', Value: '1' }] });
    await db.ok('TagResource', {
      ResourceArn: arn,
      Tags: [
        { Key: 'a', Value: '2' },
        { Key: 'b', Value: '' },
      ],
    });
    expect(await tagsOf()).toEqual([
      { Key: 'a', Value: '2' },
      { Key: 'b', Value: '' },
    ]);
    await db.ok('UntagResource', { ResourceArn: arn, TagKeys: ['a', 'absent'] });
    expect(await tagsOf()).toEqual([{ Key: 'b', Value: '' }]);
  });

  it.each<[string, object, string]>([
    [
      'TagResource',
      { ResourceArn: arn, Tags: [] },
      'ValidationException: Atleast one Tag needs to be provided as Input.',
    ],
    [
      'TagResource',
      { ResourceArn: arn, Tags: [{}] },
      'ValidationException: The Tag Key provided is invalid, Key: null',
    ],
    [
      'TagResource',
      { ResourceArn: arn, Tags: [{ Key: 'a' }] },
      'ValidationException: The Tag Value provided is invalid, Value: null',
    ],
    [
      'TagResource',
      { ResourceArn: arn, Tags: [{ Key: 'aws:a', Value: '' }] },
      'ValidationException: Tag Key cannot be prefixed with aws:, Key: aws:a',
    ],
    [
      'TagResource',
      { ResourceArn: arn, Tags: Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: '' })) },
      'ValidationException: Number of Tags exceed the current limit for the provided ResourceArn',
    ],
    ['TagResource', { ResourceArn: 'abc', Tags: [] }, invalid("ARNs must start with 'arn:': abc")],
    [
      'UntagResource',
      { ResourceArn: arn, TagKeys: [] },
      'ValidationException: Atleast one Tag Key needs to be provided as Input.',
    ],
    [
      'ListTagsOfResource',
      { ResourceArn: arn.replace('Tagged', 'Absent') },
      'ResourceNotFoundException: Requested resource not found: ResourcArn: arn:aws:dynamodb:us-east-1:000000000000:table/Absent not found',
    ],
  ])('%s refuses %j', async (operation, request, message) => {
    expect(await db.refusal(operation, request)).toBe(message);
  });
});

describe('point-in-time recovery', () => {
  it('is switched on, described and switched off', async () => {
    await db.ok('CreateTable', simple('Recovered'));
    const described = async () =>
      (await db.ok('DescribeContinuousBackups', { TableName: 'Recovered' })).ContinuousBackupsDescription;
    const off = {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    };
    const set = (PointInTimeRecoverySpecification: object) =>
      db.ok('UpdateContinuousBackups', { TableName: 'Recovered', PointInTimeRecoverySpecification });
    expect(await described()).toEqual(off);
    const on = await set({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 });
    expect(on.ContinuousBackupsDescription).toMatchObject({
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: 'ENABLED',
        RecoveryPeriodInDays: 7,
        EarliestRestorableDateTime: expect.any(Number) as unknown,
        LatestRestorableDateTime: expect.any(Number) as unknown,
      },
    });
    await set({ PointInTimeRecoveryEnabled: false });
    expect(await described()).toEqual(off);
  });

  it('has an error of its own for a table that is not there', async () => {
    expect(await db.refusal('DescribeContinuousBackups', { TableName: 'Absent' })).toBe(
      'TableNotFoundException: Table not found: Absent',
    );
  });
});
