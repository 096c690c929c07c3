import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal } = database;

const announced = 'ValidationException: 1 validation error detected: ';
const plain = 'ValidationException: ';
const mismatch = 'The provided key element does not match the schema';
const put = (item: object) => ({ PutRequest: { Item: item } });
const del = (key: object) => ({ DeleteRequest: { Key: key } });

beforeAll(async () => {
  await database.table('things', 'id:S');
  await database.table('pairs', 'id:S seq:N', {
    byKind: { key: 'kind:S', projection: 'KEYS_ONLY' },
    local: { key: 'id:S weight:N', local: true },
  });
});

const write = (RequestItems: object, more: object = {}) => ok('BatchWriteItem', { RequestItems, ...more });
const refused = (RequestItems: object) => refusal('BatchWriteItem', { RequestItems });
const read = async (id: string) =>
  (await ok('GetItem', { TableName: 'things', Key: { id: { S: id } } })).Item;

describe('a batch of writes', () => {
  it('puts and deletes, in several tables', async () => {
    await write({ things: [put({ id: { S: 'a' } }), put({ id: { S: 'b' } })] });
    const answer = await write({
      things: [
        put({ id: { S: 'a' }, n: { N: '1.0' } }),
        del({ id: { S: 'b' } }),
        del({ id: { S: 'absent' } }),
      ],
      pairs: [put({ id: { S: 'a' }, seq: { N: '1' } })],
    });
    expect(answer).toEqual({ UnprocessedItems: {} });
    expect(await read('a')).toEqual({ id: { S: 'a' }, n: { N: '1' } });
    expect(await read('b')).toBeUndefined();
    expect(await ok('Scan', { TableName: 'pairs', Select: 'COUNT' })).toMatchObject({ Count: 1 });
  });

  it('answers the SDK', async () => {
    const command = new BatchWriteItemCommand({
      RequestItems: { things: [{ PutRequest: { Item: { id: { S: 'sdk' } } } }] },
    });
    expect((await database.client.send(command)).UnprocessedItems).toEqual({});
    expect(await read('sdk')).toEqual({ id: { S: 'sdk' } });
  });

  it('consumes what each write does, in the indexes too', async () => {
    const item = { id: { S: 'capacity' }, seq: { N: '1' }, kind: { S: 'k' }, weight: { N: '1' } };
    const text = { S: 'x'.repeat(1500) };
    const { ConsumedCapacity } = await write(
      { things: [put({ id: { S: 'capacity' } })], pairs: [put({ ...item, text })] },
      { ReturnConsumedCapacity: 'INDEXES' },
    );
    expect(ConsumedCapacity).toEqual([
      { TableName: 'things', CapacityUnits: 1, Table: { CapacityUnits: 1 } },
      {
        TableName: 'pairs',
        CapacityUnits: 5,
        Table: { CapacityUnits: 2 },
        LocalSecondaryIndexes: { local: { CapacityUnits: 2 } },
        GlobalSecondaryIndexes: { byKind: { CapacityUnits: 1 } },
      },
    ]);
    const total = await write(
      { pairs: [del({ id: { S: 'capacity' }, seq: { N: '1' } })] },
      { ReturnConsumedCapacity: 'TOTAL' },
    );
    expect(total.ConsumedCapacity).toEqual([{ TableName: 'pairs', CapacityUnits: 5 }]);
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html#API_BatchWriteItem_ResponseSyntax
  it('tells the item collections that it changed, where a table has a local index', async () => {
    const item = (id: string, seq: string) => put({ id: { S: id }, seq: { N: seq } });
    const { ItemCollectionMetrics } = await write(
      { pairs: [item('m', '1'), item('m', '2'), item('n', '1')], things: [put({ id: { S: 'm' } })] },
      { ReturnItemCollectionMetrics: 'SIZE' },
    );
    expect(ItemCollectionMetrics).toEqual({
      pairs: [
        { ItemCollectionKey: { id: { S: 'm' } }, SizeEstimateRangeGB: [0, 1] },
        { ItemCollectionKey: { id: { S: 'n' } }, SizeEstimateRangeGB: [0, 1] },
      ],
    });
  });
});

describe('BatchWriteItem refuses', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => put({ id: { S: `many ${index}` } }));

  it.each([
    ['no table', {}, `${plain}The requestItems parameter is required for BatchWriteItem`],
    [
      'no writes',
      { things: [] },
      `${announced}Value '{things=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]`,
    ],
    [
      'more than 25 writes in all tables',
      { things: many(25), pairs: [del({ id: { S: 'a' }, seq: { N: '1' } })] },
      `${plain}Too many items requested for the BatchWriteItem call`,
    ],
    [
      'two writes of one item',
      { things: [put({ id: { S: 'a' } }), del({ id: { S: 'a' } })] },
      `${plain}Provided list of item keys contains duplicates`,
    ],
    ['an item without its key', { things: [put({ n: { N: '1' } })] }, plain + mismatch],
    ['an item whose key is of another type', { things: [put({ id: { N: '1' } })] }, plain + mismatch],
    ['a key with more than it is', { things: [del({ id: { S: 'a' }, n: { N: '1' } })] }, plain + mismatch],
    [
      'an empty key',
      { things: [put({ id: { S: '' } })] },
      `${plain}One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id`,
    ],
    [
      'an item that an index cannot have',
      { pairs: [put({ id: { S: 'a' }, seq: { N: '1' }, kind: { N: '1' } })] },
      `${plain}One or more parameter values were invalid: Type mismatch for Index Key kind Expected: S Actual: N IndexName: byKind`,
    ],
    [
      'an item that is too large',
      { things: [put({ id: { S: 'a' }, text: { S: 'x'.repeat(400 * 1024) } })] },
      `${plain}Item size has exceeded the maximum allowed size`,
    ],
    [
      'a set without members',
      { things: [put({ id: { S: 'a' }, set: { SS: [] } })] },
      `${plain}One or more parameter values were invalid: An string set  may not be empty`,
    ],
    [
      'a table that is not there',
      { things: many(1), absent: many(1) },
      'ResourceNotFoundException: Requested resource not found',
    ],
  ])('%s', async (_name, request, message) => {
    expect(await refused(request)).toBe(message);
  });

  it('more than 25 writes of a table', async () => {
    expect(await refused({ things: many(26) })).toMatch(
      /^ValidationException: 1 validation error detected: Value '\{things=\[.*\]\}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: \[Member must have length less than or equal to 25, Member must have length greater than or equal to 1\]$/,
    );
  });

  it('all of them, when one is refused', async () => {
    await refused({ things: [put({ id: { S: 'first' } }), put({ id: { N: '1' } })] });
    expect(await read('first')).toBeUndefined();
  });
});
