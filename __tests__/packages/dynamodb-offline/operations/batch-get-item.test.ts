import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { useDatabase } from '../database';

const database = useDatabase();
const { ok, refusal } = database;

const announced = 'ValidationException: 1 validation error detected: ';
const plain = 'ValidationException: ';
const keyOf = (index: number) => ({ id: { S: String(index) } });
const itemOf = (index: number) => ({
  ...keyOf(index),
  n: { N: String(index) },
  m: { M: { x: { S: 'x' }, y: { S: 'y' } } },
});

beforeAll(async () => {
  await database.table('things', 'id:S', { byN: { key: 'n:N' } });
  await database.table('pairs', 'id:S seq:N');
  for (let index = 0; index < 5; index++) {
    await ok('PutItem', { TableName: 'things', Item: itemOf(index) });
    await ok('PutItem', { TableName: 'pairs', Item: { id: { S: 'a' }, seq: { N: String(index) } } });
  }
});

const get = (RequestItems: object, more: object = {}) => ok('BatchGetItem', { RequestItems, ...more });
const refused = (RequestItems: object) => refusal('BatchGetItem', { RequestItems });

describe('a batch of keys', () => {
  it('is answered with the items that are there, by table', async () => {
    const answer = await get({
      things: { Keys: [keyOf(0), keyOf(3), keyOf(9)] },
      pairs: { Keys: [{ id: { S: 'a' }, seq: { N: '4.0' } }], ConsistentRead: true },
    });
    const { things, pairs } = answer.Responses as Record<string, { n: { N: string } }[]>;
    expect(things!.sort((a, b) => Number(a.n.N) - Number(b.n.N))).toEqual([itemOf(0), itemOf(3)]);
    expect(pairs).toEqual([{ id: { S: 'a' }, seq: { N: '4' } }]);
    expect(answer).toEqual({ Responses: answer.Responses, UnprocessedKeys: {} });
    expect(await get({ things: { Keys: [keyOf(9)] } })).toEqual({
      Responses: { things: [] },
      UnprocessedKeys: {},
    });
  });

  it('answers the SDK', async () => {
    const command = new BatchGetItemCommand({ RequestItems: { things: { Keys: [keyOf(1)] } } });
    expect((await database.client.send(command)).Responses).toEqual({ things: [itemOf(1)] });
  });

  it('may name a table by its ARN', async () => {
    const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/things';
    expect((await get({ [arn]: { Keys: [keyOf(1)] } })).Responses).toEqual({ [arn]: [itemOf(1)] });
  });

  it('projects each table in its own way', async () => {
    const { Responses } = await get({
      things: {
        Keys: [keyOf(1)],
        ProjectionExpression: '#n, m.x',
        ExpressionAttributeNames: { '#n': 'n' },
      },
      pairs: { Keys: [{ id: { S: 'a' }, seq: { N: '1' } }], ProjectionExpression: 'seq' },
    });
    expect(Responses).toEqual({
      things: [{ n: { N: '1' }, m: { M: { x: { S: 'x' } } } }],
      pairs: [{ seq: { N: '1' } }],
    });
    const named = await get({ things: { Keys: [keyOf(1)], AttributesToGet: ['n', 'absent'] } });
    expect(named.Responses).toEqual({ things: [{ n: { N: '1' } }] });
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html: each item by itself
  it('consumes what each key does', async () => {
    const { ConsumedCapacity } = await get(
      {
        things: { Keys: [keyOf(1), keyOf(2), keyOf(9)] },
        pairs: { Keys: [{ id: { S: 'a' }, seq: { N: '1' } }], ConsistentRead: true },
      },
      { ReturnConsumedCapacity: 'TOTAL' },
    );
    expect(ConsumedCapacity).toEqual([
      { TableName: 'things', CapacityUnits: 1.5 },
      { TableName: 'pairs', CapacityUnits: 1 },
    ]);
    const each = await get({ things: { Keys: [keyOf(1)] } }, { ReturnConsumedCapacity: 'INDEXES' });
    expect(each.ConsumedCapacity).toEqual([
      { TableName: 'things', CapacityUnits: 0.5, Table: { CapacityUnits: 0.5 } },
    ]);
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html: of 100 items of 300 KB, 52
  it('leaves keys unprocessed behind 16 MB', async () => {
    await database.table('large', 'id:N');
    const Keys = Array.from({ length: 100 }, (_, index) => ({ id: { N: String(index) } }));
    for (const key of Keys) {
      await ok('PutItem', { TableName: 'large', Item: { ...key, text: { S: 'x'.repeat(300 * 1024 - 20) } } });
    }
    const request = { Keys, ConsistentRead: true, ProjectionExpression: 'id' };
    const first = await get({ large: request });
    const answered = (first.Responses as { large: object[] }).large;
    expect(answered).toEqual(Keys.slice(0, 52));
    expect(first.UnprocessedKeys).toEqual({ large: { ...request, Keys: Keys.slice(52) } });
    const second = await get(first.UnprocessedKeys as object);
    expect((second.Responses as { large: object[] }).large).toEqual(Keys.slice(52));
    expect(second.UnprocessedKeys).toEqual({});
  });
});

describe('BatchGetItem refuses', () => {
  const hundred = Array.from({ length: 101 }, (_, index) => keyOf(index));

  it.each([
    ['no table', {}, `${plain}The requestItems parameter is required for BatchGetItem`],
    [
      'no keys',
      { things: { Keys: [] } },
      `${announced}Value '[]' at 'requestItems.things.member.keys' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    ],
    [
      'nothing for the keys',
      { things: {} },
      `${announced}Value null at 'requestItems.things.member.keys' failed to satisfy constraint: Member must not be null`,
    ],
    [
      'more than a hundred keys of a table',
      { things: { Keys: hundred } },
      `${announced}Value at 'RequestItems.things.member.Keys' failed to satisfy constraint: Member must have length less than or equal to 100`,
    ],
    [
      'more than a hundred keys of all tables',
      {
        things: { Keys: hundred.slice(1) },
        pairs: { Keys: [{ id: { S: 'a' }, seq: { N: '1' } }] },
      },
      `${plain}Too many items requested for the BatchGetItem call`,
    ],
    [
      'a key twice',
      { things: { Keys: [keyOf(1), keyOf(2), keyOf(1)] } },
      `${plain}Provided list of item keys contains duplicates`,
    ],
    [
      'a key twice, its number written in another way',
      {
        pairs: {
          Keys: [
            { id: { S: 'a' }, seq: { N: '1' } },
            { seq: { N: '1.0' }, id: { S: 'a' } },
          ],
        },
      },
      `${plain}Provided list of item keys contains duplicates`,
    ],
    [
      'keys of another table',
      { pairs: { Keys: [keyOf(1)] } },
      `${plain}The provided key element does not match the schema`,
    ],
    [
      'an empty key',
      { things: { Keys: [{ id: { S: '' } }] } },
      `${plain}One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id`,
    ],
    [
      'a projection beside what it replaces',
      { things: { Keys: [keyOf(1)], ProjectionExpression: 'n', AttributesToGet: ['n'] } },
      `${plain}Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}`,
    ],
    [
      'names without a projection',
      { things: { Keys: [keyOf(1)], ExpressionAttributeNames: { '#n': 'n' } } },
      `${plain}ExpressionAttributeNames can only be specified when using expressions`,
    ],
    [
      'a wrong projection',
      { things: { Keys: [keyOf(1)], ProjectionExpression: 'n,' } },
      `${plain}Invalid ProjectionExpression: Syntax error; token: "<EOF>", near: ","`,
    ],
    [
      'a path into a key',
      { things: { Keys: [keyOf(1)], ProjectionExpression: 'n.x' } },
      `${plain}Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: IndexKey: n`,
    ],
    [
      'a table that is not there',
      { things: { Keys: [keyOf(1)] }, absent: { Keys: [keyOf(1)] } },
      'ResourceNotFoundException: Requested resource not found',
    ],
  ])('%s', async (_name, request, message) => {
    expect(await refused(request)).toBe(message);
  });
});
