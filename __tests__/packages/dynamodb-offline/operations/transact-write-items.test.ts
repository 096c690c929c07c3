import {
  IdempotentParameterMismatchException,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { useDatabase } from '../database';

const database = useDatabase();
const { call, ok, refusal } = database;

const announced = 'ValidationException: 1 validation error detected: ';
const plain = 'ValidationException: ';
const failed = { Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' };
const none = { Code: 'None' };

const TableName = 'things';
const key = (id: string) => ({ id: { S: id } });
const put = (item: object, more: object = {}) => ({ Put: { TableName, Item: item, ...more } });
const del = (id: string, more: object = {}) => ({ Delete: { TableName, Key: key(id), ...more } });
const check = (id: string, ConditionExpression: string, more: object = {}) => ({
  ConditionCheck: { TableName, Key: key(id), ConditionExpression, ...more },
});
const update = (id: string, UpdateExpression: string, more: object = {}) => ({
  Update: { TableName, Key: key(id), UpdateExpression, ...more },
});

beforeAll(async () => {
  await database.table('things', 'id:S');
  await database.table('pairs', 'id:S seq:N', {
    byKind: { key: 'kind:S', projection: 'KEYS_ONLY' },
    local: { key: 'id:S weight:N', local: true },
  });
});

const transact = (TransactItems: object[], more: object = {}) =>
  ok('TransactWriteItems', { TransactItems, ...more });
const refused = (TransactItems: unknown, more: object = {}) =>
  refusal('TransactWriteItems', { TransactItems, ...more });
const read = async (id: string) => (await ok('GetItem', { TableName, Key: key(id) })).Item;

/** The reasons for which a transaction is canceled. */
async function reasons(TransactItems: object[]) {
  const { status, body } = await call('TransactWriteItems', { TransactItems });
  expect(status).toBe(400);
  expect(body.__type).toBe('com.amazonaws.dynamodb.v20120810#TransactionCanceledException');
  const list = body.CancellationReasons as { Code: string }[];
  expect(body.Message ?? body.message).toBe(
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${list.map(({ Code }) => Code).join(', ')}]`,
  );
  return list;
}

describe('a transaction', () => {
  it('puts, updates, deletes and checks, in several tables', async () => {
    await transact([put({ ...key('a'), n: { N: '1' } }), put(key('gone')), put(key('checked'))]);
    const answer = await transact([
      update('a', 'SET n = n + :one', { ExpressionAttributeValues: { ':one': { N: '1.0' } } }),
      update('made', 'SET a = id'),
      del('gone'),
      check('checked', 'attribute_exists(id)'),
      { Put: { TableName: 'pairs', Item: { id: { S: 'a' }, seq: { N: '1' } } } },
    ]);
    expect(answer).toEqual({});
    expect(await read('a')).toEqual({ ...key('a'), n: { N: '2' } });
    expect(await read('made')).toEqual({ ...key('made'), a: { S: 'made' } });
    expect(await read('gone')).toBeUndefined();
    expect(await read('checked')).toEqual(key('checked'));
    expect(await ok('Scan', { TableName: 'pairs', Select: 'COUNT' })).toMatchObject({ Count: 1 });
  });

  it('that one condition fails does nothing, and tells which one', async () => {
    const before = { ...key('kept'), n: { N: '1' } };
    await transact([put(before), put(key('other')), put(key('there'))]);
    const list = await reasons([
      put({ ...key('other'), changed: { BOOL: true } }),
      update('kept', 'SET n = :two', {
        ConditionExpression: 'n = :two',
        ExpressionAttributeValues: { ':two': { N: '2' } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
      del('absent', {
        ConditionExpression: 'attribute_exists(id)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
      check('there', 'attribute_not_exists(id)'),
      put(key('never'), { ConditionExpression: 'attribute_not_exists(id)' }),
    ]);
    expect(list).toEqual([none, { ...failed, Item: before }, failed, failed, none]);
    expect(await read('other')).toEqual(key('other'));
    expect(await read('kept')).toEqual(before);
    expect(await read('never')).toBeUndefined();
  });

  it('that is canceled gives the SDK its reasons', async () => {
    await ok('PutItem', { TableName, Item: key('sdk') });
    const command = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName, Item: key('not put') } },
        {
          Put: {
            TableName,
            Item: key('sdk'),
            ConditionExpression: 'attribute_not_exists(id)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
      ],
    });
    await expect(database.client.send(command)).rejects.toMatchObject({
      constructor: TransactionCanceledException,
      name: 'TransactionCanceledException',
      CancellationReasons: [none, { ...failed, Item: key('sdk') }],
    });
  });

  it.each([
    [
      'an attribute that is not there',
      [update('e', 'SET a = b')],
      'The provided expression refers to an attribute that does not exist in the item',
    ],
    [
      'a key of another type',
      [{ Delete: { TableName, Key: { id: { N: '1' } } } }],
      'The provided key element does not match the schema',
    ],
    [
      'an item without its key',
      [put({ n: { N: '1' } })],
      'One or more parameter values were invalid: Missing the key id in the item',
    ],
    [
      'an item whose key is of another type',
      [put({ id: { N: '1' } })],
      'One or more parameter values were invalid: Type mismatch for key id expected: S actual: N',
    ],
    [
      'an item that an index cannot have',
      [
        {
          Put: {
            TableName: 'pairs',
            Item: { id: { S: 'a' }, seq: { N: '1' }, kind: { N: '1' } },
          },
        },
      ],
      'One or more parameter values were invalid: Type mismatch for Index Key kind Expected: S Actual: N IndexName: byKind',
    ],
    [
      'an update of the key',
      [update('e', 'SET id = :a', { ExpressionAttributeValues: { ':a': { S: 'a' } } })],
      'One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key',
    ],
    [
      'an item that grows too large',
      [
        update('e', 'SET a = :a, b = :a', {
          ExpressionAttributeValues: { ':a': { S: 'x'.repeat(210_000) } },
        }),
      ],
      'Item size to update has exceeded the maximum allowed size',
    ],
  ])('is canceled for %s', async (_name, elements, Message) => {
    expect(await reasons([put(key('before')), ...elements])).toEqual([
      none,
      { Code: 'ValidationError', Message },
    ]);
    expect(await read('before')).toBeUndefined();
  });

  it('runs alone, however many run at once', async () => {
    await transact([put({ ...key('from'), n: { N: '100' } }), put({ ...key('to'), n: { N: '0' } })]);
    const move = () =>
      call('TransactWriteItems', {
        TransactItems: [
          update('from', 'SET n = n - :three', {
            ConditionExpression: 'n >= :three',
            ExpressionAttributeValues: { ':three': { N: '3' } },
          }),
          update('to', 'SET n = n + :three', { ExpressionAttributeValues: { ':three': { N: '3' } } }),
        ],
      });
    const sums = async () => {
      const { Responses } = await ok('TransactGetItems', {
        TransactItems: ['from', 'to'].map((id) => ({ Get: { TableName, Key: key(id) } })),
      });
      return (Responses as { Item: { n: { N: string } } }[]).reduce(
        (sum, { Item }) => sum + Number(Item.n.N),
        0,
      );
    };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => (index % 5 === 4 ? sums() : move())),
    );
    expect(answers.filter((answer) => typeof answer === 'number')).toEqual(Array<number>(10).fill(100));
    expect(answers.filter((answer) => typeof answer !== 'number' && answer.status === 200)).toHaveLength(33);
    expect(await read('from')).toEqual({ ...key('from'), n: { N: '1' } });
    expect(await read('to')).toEqual({ ...key('to'), n: { N: '99' } });
  });

  it('takes a hundred items, and no more', async () => {
    const puts = (count: number) => Array.from({ length: count }, (_, index) => put(key(`many ${index}`)));
    await transact(puts(100));
    expect(await read('many 99')).toEqual(key('many 99'));
    expect(await refused(puts(101))).toMatch(
      /^ValidationException: 1 validation error detected: Value '\[.*\]' at 'transactItems' failed to satisfy constraint: Member must have length less than or equal to 100$/s,
    );
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-dynamodb-transactions
  it('takes 4 MB, and no more', async () => {
    const puts = (size: number) =>
      Array.from({ length: 11 }, (_, index) =>
        put({ ...key(`large ${String(index).padStart(2, '0')}`), t: { S: 'x'.repeat(size) } }),
      );
    const overhead = 'id'.length + 'large 00'.length + 't'.length;
    const most = Math.floor((4 * 1024 * 1024) / 11) - overhead;
    await transact(puts(most));
    expect(await refused(puts(most + 1))).toBe(
      `${plain}The aggregate size of the items in the transaction exceeded 4 MB`,
    );
    expect(await read('large 10')).toMatchObject({ t: { S: 'x'.repeat(most) } });
  });
});

describe('TransactWriteItems refuses', () => {
  it.each([
    [
      'two writes of one item',
      [put(key('d')), del('d')],
      `${plain}Transaction request cannot include multiple operations on one item`,
    ],
    [
      'a write and a check of one item',
      [put(key('d')), check('d', 'attribute_exists(id)')],
      `${plain}Transaction request cannot include multiple operations on one item`,
    ],
    [
      'nothing',
      [],
      `${announced}Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    ],
    [
      'no items',
      undefined,
      `${announced}Value null at 'transactItems' failed to satisfy constraint: Member must not be null`,
    ],
    [
      'an element without an operation',
      [{}],
      `${plain}Invalid Request: TransactWriteRequest should contain Delete or Put or Update request`,
    ],
    [
      'an element with two operations',
      [{ ...put(key('d')), ...del('e') }],
      `${plain}TransactItems can only contain one of Check, Put, Update or Delete`,
    ],
    [
      'a wrong condition',
      [put(key('d')), check('e', 'a =')],
      `${plain}Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "="`,
    ],
    [
      'a wrong update, before its wrong condition',
      [update('d', 'SET', { ConditionExpression: 'a =' })],
      `${plain}Invalid UpdateExpression: Syntax error; token: "<EOF>", near: "SET"`,
    ],
    [
      'values that it does not use',
      [
        check('d', 'attribute_exists(id)', {
          ExpressionAttributeValues: { ':a': { S: 'a' } },
        }),
      ],
      `${plain}Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}`,
    ],
    [
      'an empty key',
      [put({ id: { S: '' } })],
      `${plain}One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id`,
    ],
    [
      'an item that is too large',
      [put({ ...key('d'), t: { S: 'x'.repeat(400 * 1024) } })],
      `${plain}Item size has exceeded the maximum allowed size`,
    ],
    [
      'a table that is not there',
      [put(key('d')), { Delete: { TableName: 'absent', Key: key('d') } }],
      'ResourceNotFoundException: Requested resource not found',
    ],
  ])('%s', async (_name, elements, message) => {
    expect(await refused(elements)).toBe(message);
    expect(await read('d')).toBeUndefined();
  });

  it('members that are not there, one by one', async () => {
    const lacking = (element: object) => refused([element]);
    expect(await lacking({ Put: { Item: key('d') } })).toBe(
      `${announced}Value null at 'transactItems.1.member.put.tableName' failed to satisfy constraint: Member must not be null`,
    );
    expect(await lacking({ Update: { TableName, Key: key('d') } })).toBe(
      `${announced}Value null at 'transactItems.1.member.update.updateExpression' failed to satisfy constraint: Member must not be null`,
    );
    expect(await lacking({ ConditionCheck: { TableName, Key: key('d') } })).toBe(
      `${announced}Value null at 'transactItems.1.member.conditionCheck.conditionExpression' failed to satisfy constraint: Member must not be null`,
    );
  });

  it('to return items in a way that there is not', async () => {
    expect(await refused([put(key('d'), { ReturnValuesOnConditionCheckFailure: 'ALL_NEW' })])).toBe(
      `${announced}Value 'ALL_NEW' at 'transactItems.1.member.put.returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
    );
  });
});

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#DDB-TransactWriteItems-request-ClientRequestToken
describe('a client token', () => {
  const add = (id: string, by = '1') =>
    update(id, 'ADD n :n', { ExpressionAttributeValues: { ':n': { N: by } } });

  it('makes a repeated request write once', async () => {
    const token = { ClientRequestToken: 'once' };
    await transact([add('token')], token);
    await transact([add('token')], token);
    expect(await read('token')).toEqual({ ...key('token'), n: { N: '1' } });
    await transact([add('token')], { ClientRequestToken: 'twice' });
    await transact([add('token')]);
    expect(await read('token')).toEqual({ ...key('token'), n: { N: '3' } });
  });

  it('makes requests at the same time write once', async () => {
    await Promise.all(
      Array.from({ length: 10 }, () => transact([add('same time')], { ClientRequestToken: 'same time' })),
    );
    expect(await read('same time')).toEqual({ ...key('same time'), n: { N: '1' } });
  });

  it('of another request is refused', async () => {
    await transact([add('mismatch')], { ClientRequestToken: 'mismatch' });
    expect(await refused([add('mismatch', '2')], { ClientRequestToken: 'mismatch' })).toMatch(
      /^IdempotentParameterMismatchException: /,
    );
    const command = new TransactWriteItemsCommand({
      TransactItems: [{ Delete: { TableName, Key: key('mismatch') } }],
      ClientRequestToken: 'mismatch',
    });
    await expect(database.client.send(command)).rejects.toBeInstanceOf(IdempotentParameterMismatchException);
    expect(await read('mismatch')).toEqual({ ...key('mismatch'), n: { N: '1' } });
  });

  it('may come again with other things to return', async () => {
    await transact([add('again')], { ClientRequestToken: 'again' });
    const { ConsumedCapacity } = await transact([add('again')], {
      ClientRequestToken: 'again',
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(ConsumedCapacity).toEqual([{ TableName, CapacityUnits: 2, ReadCapacityUnits: 2 }]);
  });

  it('of a canceled transaction is free again', async () => {
    const token = { ClientRequestToken: 'canceled' };
    const elements = [put(key('canceled'), { ConditionExpression: 'attribute_exists(id)' })];
    expect(await refused(elements, token)).toMatch(/^TransactionCanceledException/);
    await ok('PutItem', { TableName, Item: key('canceled') });
    await transact(elements, token);
  });

  it('has 1 to 36 characters', async () => {
    expect(await refused([add('long')], { ClientRequestToken: 'x'.repeat(37) })).toBe(
      `${announced}Value '${'x'.repeat(37)}' at 'clientRequestToken' failed to satisfy constraint: Member must have length less than or equal to 36`,
    );
    expect(await refused([add('long')], { ClientRequestToken: '' })).toBe(
      `${announced}Value '' at 'clientRequestToken' failed to satisfy constraint: Member must have length greater than or equal to 1`,
    );
  });
});
