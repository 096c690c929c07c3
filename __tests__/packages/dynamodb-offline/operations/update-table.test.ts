import { PutItemCommand, QueryCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { useDatabase } from '../database';
import {
  ALL,
  definitions,
  describeTable,
  invalid,
  key,
  onDemand,
  provisioned,
  settled,
  simple,
  units,
} from '../table-shapes';

const db = useDatabase();
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
    const table = await settled(db, name);
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
    const table = await settled(db, name);
    expect(table).not.toHaveProperty('GlobalSecondaryIndexes');
    expect(table.AttributeDefinitions).toEqual(definitions('id:S'));
    // The attribute is no key any more.
    await db.ok('PutItem', { TableName: name, Item: { id: { S: 'a' }, other: { N: '1' } } });
  });
});

describe('a table that is updated', () => {
  it('goes from provisioned to on demand and back', async () => {
    await db.ok('CreateTable', { ...simple('Billing'), ...provisioned });
    expect(await describeTable(db, 'Billing')).not.toHaveProperty('BillingModeSummary');
    await db.ok('UpdateTable', { TableName: 'Billing', ...onDemand });
    expect(await describeTable(db, 'Billing')).toMatchObject({
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ProvisionedThroughput: units(0),
    });
    await db.ok('UpdateTable', {
      TableName: 'Billing',
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: units(3),
    });
    expect(await describeTable(db, 'Billing')).toMatchObject({
      BillingModeSummary: { BillingMode: 'PROVISIONED' },
      ProvisionedThroughput: units(3),
    });
  });

  it('tells when its throughput rose and fell', async () => {
    await db.ok('CreateTable', { ...simple('Throughput'), ...provisioned });
    await db.ok('UpdateTable', { TableName: 'Throughput', ProvisionedThroughput: units(5) });
    await db.ok('UpdateTable', { TableName: 'Throughput', ProvisionedThroughput: units(2) });
    expect((await describeTable(db, 'Throughput')).ProvisionedThroughput).toEqual({
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
    const before = await describeTable(db, 'Updated');
    expect(await db.refusal('UpdateTable', { TableName: 'Updated', ...change })).toBe(message);
    expect(await describeTable(db, 'Updated')).toEqual(before);
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
    const { AttributeDefinitions } = await settled(db, 'Typed');
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
