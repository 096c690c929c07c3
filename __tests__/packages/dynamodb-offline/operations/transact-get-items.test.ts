import { TransactGetItemsCommand } from '@aws-sdk/client-dynamodb';
import { useDatabase } from '../database';

const database = useDatabase();
const { call, ok, refusal } = database;

const announced = 'ValidationException: 1 validation error detected: ';
const plain = 'ValidationException: ';
const TableName = 'things';
const item = { id: { S: 'a' }, n: { N: '1' }, m: { M: { x: { S: 'x' }, y: { S: 'y' } } } };
const get = (id: string, more: object = {}) => ({ Get: { TableName, Key: { id: { S: id } }, ...more } });

beforeAll(async () => {
  await database.table('things', 'id:S');
  await database.table('pairs', 'id:S seq:N');
  await ok('PutItem', { TableName, Item: item });
  await ok('PutItem', { TableName: 'pairs', Item: { id: { S: 'a' }, seq: { N: '1' } } });
});

const transact = (TransactItems: object[], more: object = {}) =>
  ok('TransactGetItems', { TransactItems, ...more });
const refused = (TransactItems: unknown) => refusal('TransactGetItems', { TransactItems });

describe('a transaction of reads', () => {
  it('answers each item in its place', async () => {
    const pair = { id: { S: 'a' }, seq: { N: '1' } };
    expect(await transact([get('absent'), { Get: { TableName: 'pairs', Key: pair } }, get('a')])).toEqual({
      Responses: [{}, { Item: pair }, { Item: item }],
    });
  });

  it('projects', async () => {
    const projected = get('a', {
      ProjectionExpression: '#n, m.y',
      ExpressionAttributeNames: { '#n': 'n' },
    });
    expect(await transact([projected])).toEqual({
      Responses: [{ Item: { n: { N: '1' }, m: { M: { y: { S: 'y' } } } } }],
    });
    expect(await transact([get('a', { ProjectionExpression: 'absent' })])).toEqual({ Responses: [{}] });
  });

  it('answers the SDK', async () => {
    const command = new TransactGetItemsCommand({
      TransactItems: [{ Get: { TableName, Key: { id: { S: 'a' } } } }],
    });
    expect((await database.client.send(command)).Responses).toEqual([{ Item: item }]);
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-capacity-handling
  it('consumes twice what reading consumes', async () => {
    const { ConsumedCapacity } = await transact(
      [get('a'), get('absent'), { Get: { TableName: 'pairs', Key: { id: { S: 'a' }, seq: { N: '1' } } } }],
      { ReturnConsumedCapacity: 'TOTAL' },
    );
    expect(ConsumedCapacity).toEqual([
      { TableName, CapacityUnits: 4, ReadCapacityUnits: 4 },
      { TableName: 'pairs', CapacityUnits: 2, ReadCapacityUnits: 2 },
    ]);
  });

  it('is canceled for keys that are none', async () => {
    const { status, body } = await call('TransactGetItems', {
      TransactItems: [get('a'), { Get: { TableName: 'pairs', Key: { id: { S: 'a' } } } }],
    });
    expect(status).toBe(400);
    expect(body).toEqual({
      __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
      Message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, ValidationError]',
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ValidationError', Message: 'The provided key element does not match the schema' },
      ],
    });
  });
});

describe('TransactGetItems refuses', () => {
  it.each([
    [
      'one item twice',
      [get('a'), get('b'), get('a', { ProjectionExpression: 'n' })],
      `${plain}Transaction request cannot include multiple operations on one item`,
    ],
    [
      'nothing',
      [],
      `${announced}Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    ],
    [
      'an element without a key',
      [{}],
      `${announced}Value null at 'transactItems.1.member.get' failed to satisfy constraint: Member must not be null`,
    ],
    [
      'a wrong projection',
      [get('a', { ProjectionExpression: 'n n' })],
      `${plain}Invalid ProjectionExpression: Syntax error; token: "n", near: "n n"`,
    ],
    [
      'an empty key',
      [get('')],
      `${plain}One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id`,
    ],
    [
      'a table that is not there',
      [{ Get: { TableName: 'absent', Key: { id: { S: 'a' } } } }],
      'ResourceNotFoundException: Requested resource not found',
    ],
  ])('%s', async (_name, elements, message) => {
    expect(await refused(elements)).toBe(message);
  });

  it('more than a hundred items', async () => {
    const many = Array.from({ length: 101 }, (_, index) => get(String(index)));
    expect(await refused(many)).toMatch(
      /at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$/,
    );
    expect((await transact(many.slice(1))).Responses).toHaveLength(100);
  });
});
