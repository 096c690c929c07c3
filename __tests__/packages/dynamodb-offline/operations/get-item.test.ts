import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal } = database;
const plain = 'ValidationException: ';

beforeAll(async () => {
  await database.table('things', 'id:S');
  await database.table('pairs', 'id:S at:B', { byColor: { key: 'color:S' } });
});

const get = (request: object) =>
  refusal('GetItem', { TableName: 'things', Key: { id: { S: 'a' } }, ...request });

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html */
describe('an item', () => {
  const item = {
    id: { S: 'bike' },
    Title: { S: '18-Bicycle' },
    RelatedItems: { L: [{ N: '341' }, { N: '472' }, { N: '649' }] },
    ProductReviews: { M: { FiveStar: { L: [{ S: 'Excellent!' }] }, OneStar: { L: [{ S: 'Terrible!' }] } } },
  };
  const bike = { TableName: 'things', Key: { id: { S: 'bike' } } };

  beforeAll(() => ok('PutItem', { TableName: 'things', Item: item }));

  it('is answered whole', async () => {
    expect(await ok('GetItem', bike)).toEqual({ Item: item });
    expect(await ok('GetItem', { ...bike, ConsistentRead: true })).toEqual({ Item: item });
  });

  it('is answered in the parts that are asked for, without its key', async () => {
    expect(await ok('GetItem', { ...bike, ProjectionExpression: 'Title' })).toEqual({
      Item: { Title: item.Title },
    });
    expect(
      await ok('GetItem', {
        ...bike,
        ProjectionExpression: 'RelatedItems[2], #pr.FiveStar, RelatedItems[0]',
        ExpressionAttributeNames: { '#pr': 'ProductReviews' },
      }),
    ).toEqual({
      Item: {
        RelatedItems: { L: [{ N: '341' }, { N: '649' }] },
        ProductReviews: { M: { FiveStar: { L: [{ S: 'Excellent!' }] } } },
      },
    });
    expect(await ok('GetItem', { ...bike, AttributesToGet: ['Title', 'Absent'] })).toEqual({
      Item: { Title: item.Title },
    });
  });

  it('is empty when it has nothing of what is asked for', async () => {
    expect(await ok('GetItem', { ...bike, ProjectionExpression: 'Absent' })).toEqual({ Item: {} });
  });

  it('that is not there is not answered', async () => {
    expect(await ok('GetItem', { TableName: 'things', Key: { id: { S: 'car' } } })).toEqual({});
  });

  it('is found by any text of its number', async () => {
    await database.table('numbers', 'n:N');
    await ok('PutItem', { TableName: 'numbers', Item: { n: { N: '1500' } } });
    expect(await ok('GetItem', { TableName: 'numbers', Key: { n: { N: '1.5E3' } } })).toEqual({
      Item: { n: { N: '1500' } },
    });
  });
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html */
describe('what a read consumes', () => {
  beforeAll(async () => {
    const room = 4096 - 'id'.length - '4 KB'.length - 'b'.length;
    await ok('PutItem', { TableName: 'things', Item: { id: { S: '4 KB' }, b: { S: 'x'.repeat(room) } } });
    await ok('PutItem', { TableName: 'things', Item: { id: { S: '4 kB' }, b: { S: 'x'.repeat(room + 1) } } });
  });

  it.each([
    ['4 KB', true, 1],
    ['4 KB', false, 0.5],
    ['4 kB', true, 2],
    ['4 kB', undefined, 1],
    ['not there', true, 1],
    ['not there', undefined, 0.5],
  ])('of %s, consistent: %s', async (id, consistent, units) => {
    const request = {
      TableName: 'things',
      Key: { id: { S: id } },
      ConsistentRead: consistent,
      ProjectionExpression: 'id',
    };
    const total = await ok('GetItem', { ...request, ReturnConsumedCapacity: 'TOTAL' });
    expect(total.ConsumedCapacity).toEqual({ TableName: 'things', CapacityUnits: units });
    const each = await ok('GetItem', { ...request, ReturnConsumedCapacity: 'INDEXES' });
    expect(each.ConsumedCapacity).toEqual({
      TableName: 'things',
      CapacityUnits: units,
      Table: { CapacityUnits: units },
    });
    const none = await ok('GetItem', { ...request, ReturnConsumedCapacity: 'NONE' });
    expect(none).not.toHaveProperty('ConsumedCapacity');
  });
});

describe('GetItem refuses', () => {
  it('what is missing, all of it', async () => {
    expect(await refusal('GetItem', {})).toBe(
      "ValidationException: 2 validation errors detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null; " +
        "Value null at 'key' failed to satisfy constraint: Member must not be null",
    );
  });

  it.each([
    [
      { AttributesToGet: ['a'], ProjectionExpression: 'a' },
      'Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}',
    ],
    [
      { ExpressionAttributeNames: {} },
      'ExpressionAttributeNames can only be specified when using expressions',
    ],
    [
      { AttributesToGet: ['a', 'b', 'a'] },
      'One or more parameter values were invalid: Duplicate value in attribute name: a',
    ],
    [{ ProjectionExpression: '' }, 'Invalid ProjectionExpression: The expression can not be empty;'],
    [
      { ProjectionExpression: 'a', ExpressionAttributeNames: {} },
      'ExpressionAttributeNames must not be empty',
    ],
    [
      { ProjectionExpression: 'a', ExpressionAttributeNames: { '#b': 'b' } },
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#b}',
    ],
    [
      { ProjectionExpression: 'a, a.b' },
      'Invalid ProjectionExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]',
    ],
    [
      { Key: { id: {} } },
      'Supplied AttributeValue is empty, must contain exactly one of the supported datatypes',
    ],
    [
      { Key: { id: { NULL: false } } },
      'One or more parameter values were invalid: Null attribute value types must have the value of true',
    ],
  ])('%j before it looks at the table', async (request, message) => {
    expect(await get({ TableName: 'nothing', ...request })).toBe(plain + message);
  });

  it.each([
    [{}, 'The provided key element does not match the schema'],
    [{ id: { N: '1' } }, 'The provided key element does not match the schema'],
    [{ id: { S: 'a' }, b: { S: 'b' } }, 'The provided key element does not match the schema'],
    [{ b: { S: 'b' } }, 'The provided key element does not match the schema'],
    [
      { id: { S: '' } },
      'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id',
    ],
    [
      { id: { S: 'x'.repeat(2049) } },
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    ],
  ])('the key %j', async (key, message) => {
    expect(await get({ Key: key })).toBe(plain + message);
  });

  it('a sort key that is too long', async () => {
    const bytes = (length: number) => ({ B: Buffer.alloc(length).toString('base64') });
    const pair = (length: number) => ({ TableName: 'pairs', Key: { id: { S: 'a' }, at: bytes(length) } });
    expect(await refusal('GetItem', pair(1025))).toBe(
      `${plain}One or more parameter values were invalid: Aggregated size of all range keys has exceeded the size limit of 1024 bytes`,
    );
    expect(await ok('GetItem', pair(1024))).toEqual({});
    expect(await refusal('GetItem', pair(0))).toMatch(/cannot contain an empty binary value\. Key: at$/);
  });

  it('paths into keys', async () => {
    expect(await get({ ProjectionExpression: 'id.a' })).toBe(
      `${plain}Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: id`,
    );
    const key = { id: { S: 'a' }, at: { B: 'AA==' } };
    expect(await refusal('GetItem', { TableName: 'pairs', Key: key, ProjectionExpression: 'color[0]' })).toBe(
      `${plain}Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: color`,
    );
  });
});
