import type { Engine } from '../../../functions/operations/engine';
import { answered } from '../../fixtures/seeds/conversations';
import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { engineOnFreshTable, problemOf } from './support';

let database: EmbeddedDynamoDB;
let operate: Engine;
beforeAll(async () => {
  database = await startDynamoDB();
});
beforeEach(async () => {
  operate = await engineOnFreshTable(database);
});
afterAll(() => database.close());

const create = (Item: object, more: object = {}) =>
  operate({ operation: 'create', payload: { Item, ...more } });
const update = (payload: object) =>
  operate({ operation: 'update', payload: { Key: { id: '1' }, ...payload } });

test('an absent key is read as an answer without Item', async () => {
  expect(await operate({ operation: 'read', payload: { Key: { id: '1' } } })).toEqual(answered({}));
});

test('create overwrites, and tells what it overwrote when asked', async () => {
  await create({ id: '1', name: 'Bob' });
  expect(await create({ id: '1', number: 4 }, { ReturnValues: 'ALL_OLD' })).toEqual(
    answered({ Attributes: { id: '1', name: 'Bob' } }),
  );
  expect(await operate({ operation: 'read', payload: { Key: { id: '1' }, ConsistentRead: true } })).toEqual(
    answered({ Item: { id: '1', number: 4 } }),
  );
});

test('update makes an item that is not there', async () => {
  const payload = {
    UpdateExpression: 'SET #n = :v',
    ExpressionAttributeNames: { '#n': 'name' },
    ExpressionAttributeValues: { ':v': ['Bob', { nested: null }] },
    ReturnValues: 'ALL_NEW',
  };
  expect(await update(payload)).toEqual(
    answered({ Attributes: { id: '1', name: ['Bob', { nested: null }] } }),
  );
});

// DynamoDB counts operators, not parentheses: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
test('a condition may be nested deeply', async () => {
  await create({ id: '1', c: 10 });
  const ConditionExpression = `${'('.repeat(6)}c = :c AND NOT c = :d${') OR c = :d'.repeat(6)}`;

  const answer = await update({
    UpdateExpression: 'SET c = :d',
    ConditionExpression,
    ExpressionAttributeValues: { ':c': 10, ':d': 11 },
    ReturnValues: 'UPDATED_NEW',
  });

  expect(answer).toEqual(answered({ Attributes: { c: 11 } }));
});

test('delete takes an item away', async () => {
  await create({ id: '1' });
  const Key = { id: '1' };
  expect(await operate({ operation: 'delete', payload: { Key, ReturnValues: 'ALL_OLD' } })).toEqual(
    answered({ Attributes: Key }),
  );
  expect(await operate({ operation: 'read', payload: { Key } })).toEqual(answered({}));
});

test('list answers 25 items at a time, and the next ones after LastEvaluatedKey', async () => {
  const ids = Array.from({ length: 30 }, (_, i) => String(i));
  await Promise.all(ids.map((id) => create({ id })));
  const first = (await operate({ operation: 'list' })) as Page;
  expect([first.Items.length, first.Count, first.ScannedCount]).toEqual([25, 25, 25]);
  const rest = (await operate({
    operation: 'list',
    payload: { ExclusiveStartKey: first.LastEvaluatedKey, Limit: 100 },
  })) as Page;
  expect([...first.Items, ...rest.Items].map(({ id }) => id).sort()).toEqual(ids.sort());
  expect(rest).not.toHaveProperty('LastEvaluatedKey');
});

interface Page {
  readonly Items: readonly { readonly id: string }[];
  readonly Count: number;
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: object;
}

test('list filters and projects', async () => {
  await create({ id: '1', price: 5, secret: 's' });
  await create({ id: '2', price: 50 });
  const payload = {
    FilterExpression: 'price < :p',
    ProjectionExpression: 'id, price',
    ExpressionAttributeValues: { ':p': 10 },
  };
  expect(await operate({ operation: 'list', payload })).toEqual(
    answered({ Items: [{ id: '1', price: 5 }], Count: 1, ScannedCount: 2 }),
  );
});

test('query reads by the partition key', async () => {
  await create({ id: '1' });
  await create({ id: '2' });
  const payload = {
    KeyConditionExpression: 'id = :id',
    ExpressionAttributeValues: { ':id': '2' },
    ScanIndexForward: false,
  };
  expect(await operate({ operation: 'query', payload })).toEqual(
    answered({ Items: [{ id: '2' }], Count: 1, ScannedCount: 1 }),
  );
});

test.each([[{ any: ['value', 1.5, null] }], ['text'], [0], [false], [null]])(
  'echo returns its payload %j',
  async (payload) => {
    expect(await operate({ operation: 'echo', payload })).toEqual(payload);
  },
);

test('echo without a payload returns null, and ping returns pong', async () => {
  expect(await operate({ operation: 'echo' })).toBeNull();
  expect(await operate({ operation: 'ping', tableName: 'lambda-apigateway' })).toBe('pong');
});

test('echo refuses what the gateway might read as a failure, and takes it further down', async () => {
  const payload = { errorMessage: '{"status":409,' };
  expect(await problemOf(operate({ operation: 'echo', payload }))).toMatchObject({
    code: 'invalid-request',
    status: 400,
    errors: [{ path: 'payload.errorMessage' }],
  });
  expect(await operate({ operation: 'echo', payload: { deeper: payload } })).toEqual({ deeper: payload });
});

test('an answer that Lambda could not return is refused', async () => {
  const payload = 'x'.repeat(3_000_001);
  expect(await problemOf(operate({ operation: 'echo', payload }))).toMatchObject({
    status: 413,
    code: 'too-large',
    title: 'The item or the answer is too large',
  });
});

test('a condition that does not hold is a conflict', async () => {
  await create({ id: '1' });
  const again = create({ id: '1' }, { ConditionExpression: 'attribute_not_exists(id)' });
  expect(await problemOf(again)).toMatchObject({ status: 409, code: 'conflict' });
  const Key = { id: '1' };
  const gone = operate({
    operation: 'delete',
    payload: { Key, ConditionExpression: 'attribute_not_exists(id)' },
  });
  expect(await problemOf(gone)).toMatchObject({ status: 409, code: 'conflict' });
});

test('an item over 400 KB is too large, and stays out', async () => {
  const tooLarge = create({ id: '1', text: 'x'.repeat(400 * 1024) });
  expect(await problemOf(tooLarge)).toMatchObject({ status: 413, code: 'too-large' });
  expect(await operate({ operation: 'list' })).toMatchObject({ Count: 0 });
});

// The messages are those that DynamoDB is known to answer.
test.each([
  ['a reserved word', { UpdateExpression: 'SET name = :v' }, 'reserved keyword: name'],
  ['a syntax error', { UpdateExpression: 'SET a :v' }, 'Invalid UpdateExpression: Syntax error'],
  ['an undefined value', { UpdateExpression: 'SET a = :w' }, 'attribute value: :w'],
  ['a key that changes', { UpdateExpression: 'SET id = :v' }, 'This attribute is part of the key'],
  ['another key', { Key: { other: '1' }, UpdateExpression: 'SET a = :v' }, 'does not match the schema'],
  ['a key of another type', { Key: { id: 1 }, UpdateExpression: 'SET a = :v' }, 'does not match the schema'],
])('DynamoDB explains %s', async (_, payload, explanation) => {
  const problem = await problemOf(update({ ...payload, ExpressionAttributeValues: { ':v': 1 } }));
  expect(problem).toMatchObject({ status: 400, code: 'invalid-request' });
  expect(problem.detail).toContain(explanation);
  expect(problem.detail).not.toMatch(/\n|\.js/);
});
