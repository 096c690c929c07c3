import { useDatabase } from '../database';

const database = useDatabase();
const { ok } = database;

const TableName = 'things';

beforeAll(async () => {
  await database.table(TableName, 'id:S', {
    index: { key: 'kind:S', projection: ['shown'] },
  });
  await database.table('collections', 'id:S seq:N', {
    local: { key: 'id:S weight:N', local: true, projection: 'KEYS_ONLY' },
  });
});

let count = 0;

/** What an update of an item with these attributes consumes. */
async function consumed(before: object | undefined, UpdateExpression: string) {
  const Key = { id: { S: `item ${count++}` } };
  if (before) await ok('PutItem', { TableName, Item: { ...Key, ...before } });
  const { ConsumedCapacity } = await ok('UpdateItem', {
    TableName,
    Key,
    UpdateExpression,
    ...(UpdateExpression.includes(':new') && { ExpressionAttributeValues: { ':new': { S: 'new' } } }),
    ReturnConsumedCapacity: 'INDEXES',
  });
  const { Table, GlobalSecondaryIndexes } = ConsumedCapacity as {
    Table: { CapacityUnits: number };
    GlobalSecondaryIndexes?: { index: { CapacityUnits: number } };
  };
  return [Table.CapacityUnits, GlobalSecondaryIndexes?.index.CapacityUnits];
}

const kind = { S: 'old' };
const large = { S: 'x'.repeat(1500) };

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes
describe('an update consumes of an index', () => {
  it.each([
    ['a write, when the item is new in it', undefined, 'SET kind = :new', [1, 1]],
    ['a write, when the attribute that it indexes is new', { secret: kind }, 'SET kind = :new', [1, 1]],
    ['two writes, when the row moves', { kind }, 'SET kind = :new', [1, 2]],
    ['a write, when the row goes', { kind }, 'REMOVE kind', [1, 1]],
    [
      'nothing, when it is in it neither before nor after',
      { secret: kind },
      'SET secret = :new',
      [1, undefined],
    ],
    ['a write, when something changes that it projects', { kind }, 'SET shown = :new', [1, 1]],
    [
      'nothing, when something changes that it does not project',
      { kind },
      'SET secret = :new',
      [1, undefined],
    ],
    ['nothing, when nothing changes', { kind, shown: { S: 'new' } }, 'SET shown = :new', [1, undefined]],
    ['by what it projects of a large item', { kind, secret: large }, 'REMOVE kind', [2, 1]],
    ['by the larger of its rows', { kind, shown: large }, 'SET shown = :new', [2, 2]],
    ['by both of its rows, when the row moves', { kind, shown: large }, 'SET kind = :new', [2, 4]],
  ] as const)('%s', async (_name, before, update, units) => {
    expect(await consumed(before, update)).toEqual(units);
  });
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html#write-operation-consumption
describe('a write consumes', () => {
  const room = 1024 - 'id'.length - 'kb'.length - 'b'.length;

  it.each([
    [room, 1],
    [room + 1, 2],
    [400 * 1024 - 'id'.length - 'kb'.length - 'b'.length, 400],
  ])('by the kilobytes of its item: %i bytes', async (size, units) => {
    const Item = { id: { S: 'kb' }, b: { S: 'x'.repeat(size) } };
    const put = await ok('PutItem', { TableName, Item, ReturnConsumedCapacity: 'TOTAL' });
    expect(put.ConsumedCapacity).toEqual({ TableName, CapacityUnits: units });
    // The larger of the item before and the item after counts.
    const small = { TableName, Item: { id: { S: 'kb' } }, ReturnConsumedCapacity: 'TOTAL' };
    expect((await ok('PutItem', small)).ConsumedCapacity).toEqual({ TableName, CapacityUnits: units });
    await ok('PutItem', { TableName, Item });
    const Key = { id: { S: 'kb' } };
    const gone = await ok('DeleteItem', { TableName, Key, ReturnConsumedCapacity: 'TOTAL' });
    expect(gone.ConsumedCapacity).toEqual({ TableName, CapacityUnits: units });
    const nothing = await ok('DeleteItem', { TableName, Key, ReturnConsumedCapacity: 'INDEXES' });
    expect(nothing.ConsumedCapacity).toEqual({
      TableName,
      CapacityUnits: 1,
      Table: { CapacityUnits: 1 },
    });
  });
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.ItemCollections
describe('ItemCollectionMetrics', () => {
  const key = { id: { S: 'c' }, seq: { N: '1' } };
  const metrics = { ItemCollectionKey: { id: { S: 'c' } }, SizeEstimateRangeGB: [0, 1] };

  it.each([
    ['PutItem', { Item: { ...key, weight: { N: '1' } } }],
    ['UpdateItem', { Key: key }],
    ['DeleteItem', { Key: key }],
  ])('of %s', async (operation, request) => {
    const asked = { ...request, ReturnItemCollectionMetrics: 'SIZE' };
    expect(await ok(operation, { TableName: 'collections', ...asked })).toEqual({
      ItemCollectionMetrics: metrics,
    });
    expect(
      await ok(operation, { TableName: 'collections', ...request, ReturnItemCollectionMetrics: 'NONE' }),
    ).toEqual({});
    expect(
      await ok('PutItem', { TableName, Item: { id: { S: 'c' } }, ReturnItemCollectionMetrics: 'SIZE' }),
    ).toEqual({});
  });
});

describe('what a transaction consumes', () => {
  const item = { id: { S: 'c' }, seq: { N: '1' }, kind: { S: 'k' }, weight: { N: '1' } };
  const key = (id: string) => ({ id: { S: id } });
  const put = (Item: object) => ({ Put: { TableName, Item } });
  const transact = (TransactItems: object[], more: object) =>
    ok('TransactWriteItems', { TransactItems, ...more });

  beforeAll(() =>
    database.table('pairs', 'id:S seq:N', {
      byKind: { key: 'kind:S', projection: 'KEYS_ONLY' },
      local: { key: 'id:S weight:N', local: true },
    }),
  );

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-capacity-handling
  it('is twice what its writes consume in tables', async () => {
    const { ConsumedCapacity } = await transact(
      [
        { Put: { TableName: 'pairs', Item: item } },
        put({ ...key('c'), t: { S: 'x'.repeat(1500) } }),
        { Delete: { TableName, Key: key('nothing there') } },
        {
          ConditionCheck: {
            TableName,
            Key: key('c2'),
            ConditionExpression: 'attribute_not_exists(id)',
          },
        },
      ],
      { ReturnConsumedCapacity: 'INDEXES' },
    );
    const units = (count: number) => ({ CapacityUnits: count, WriteCapacityUnits: count });
    expect(ConsumedCapacity).toEqual([
      {
        TableName: 'pairs',
        ...units(4),
        Table: units(2),
        LocalSecondaryIndexes: { local: units(1) },
        GlobalSecondaryIndexes: { byKind: units(1) },
      },
      { TableName, ...units(8), Table: units(8) },
    ]);
  });

  it('and the item collections that it changes', async () => {
    const { ItemCollectionMetrics } = await transact(
      [
        { Put: { TableName: 'pairs', Item: { ...item, seq: { N: '2' } } } },
        { Delete: { TableName: 'pairs', Key: { id: { S: 'd' }, seq: { N: '2' } } } },
        put(key('c3')),
      ],
      { ReturnItemCollectionMetrics: 'SIZE' },
    );
    expect(ItemCollectionMetrics).toEqual({
      pairs: [
        { ItemCollectionKey: { id: { S: 'c' } }, SizeEstimateRangeGB: [0, 1] },
        { ItemCollectionKey: { id: { S: 'd' } }, SizeEstimateRangeGB: [0, 1] },
      ],
    });
  });
});
