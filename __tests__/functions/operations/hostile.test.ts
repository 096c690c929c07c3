import { createEngine } from '../../../functions/operations/engine';
import { tableActions } from '../../../functions/operations/actions';
import { answerError, startFaultyDatabase, type FaultyDatabase } from '../../support/database-faults';
import { clientOf } from '../../support/dynamodb';
import { problemOf } from './support';

/** No hostile envelope comes as far as this. */
let database: FaultyDatabase;
beforeAll(async () => {
  database = await startFaultyDatabase(answerError(400, 'AccessDeniedException'));
});
afterAll(() => database.close());

const refused = async (event: unknown) => {
  const client = clientOf(database.endpoint);
  const operate = createEngine(
    tableActions(client, () => client),
    new Map([['lambda-apigateway', 'lambda-apigateway-staging']]),
  );
  const problem = await problemOf(operate(event));
  client.destroy();
  expect(database.requests).toEqual([]);
  expect(problem).toMatchObject({ status: 400, title: expect.any(String) as string, requestId: 'id' });
  return problem;
};

const Key = { id: '1' };
/** As Lambda reads an event: a `__proto__` in its text is a member like any other. */
const parsed = (json: string): unknown => JSON.parse(json);
const nested = (levels: number) => parsed('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));
const within = (operation: string, payload: object) => ({ operation, payload });

test.each([
  ['no object', 'text', ''],
  ['null', null, ''],
  ['a list', [{ operation: 'ping' }], ''],
  ['no operation', {}, 'operation'],
  ['an operation that is no text', { operation: ['ping'] }, 'operation'],
  ['an unknown operation', { operation: 'drop' }, 'operation'],
  ['an operation that every object has', { operation: 'toString' }, 'operation'],
  ['an unknown member', { operation: 'ping', tablename: 'x' }, 'tablename'],
  ['a table name that is no text', { operation: 'ping', tableName: 1 }, 'tableName'],
  ['another table', { operation: 'list', tableName: 'MyDataTable' }, 'tableName'],
  ['the table’s own name in AWS', { operation: 'list', tableName: 'lambda-apigateway-staging' }, 'tableName'],
  [
    'an ARN',
    { operation: 'list', tableName: 'arn:aws:dynamodb:us-east-1:123456789012:table/lambda-apigateway' },
    'tableName',
  ],
  ['another table, for echo too', { operation: 'echo', tableName: 'other' }, 'tableName'],
  ['a payload that is no object', { operation: 'read', payload: 'text' }, 'payload'],
  ['a payload that is null', { operation: 'list', payload: null }, 'payload'],
  ['an Item that is a list', within('create', { Item: [] }), 'payload.Item'],
  ['no Item', within('create', {}), 'payload.Item'],
  ['no Key', { operation: 'delete' }, 'payload.Key'],
  ['no KeyConditionExpression', within('query', {}), 'payload.KeyConditionExpression'],
  [
    'an expression that is no text',
    within('update', { Key, UpdateExpression: {} }),
    'payload.UpdateExpression',
  ],
  [
    'names that are no text',
    within('read', { Key, ExpressionAttributeNames: { '#a': 1 } }),
    'payload.ExpressionAttributeNames["#a"]',
  ],
  ['a Limit of 0', within('list', { Limit: 0 }), 'payload.Limit'],
  ['a Limit over 100', within('list', { Limit: 101 }), 'payload.Limit'],
  ['a broken Limit', within('list', { Limit: 1.5 }), 'payload.Limit'],
  ['a Limit in text', within('list', { Limit: '10' }), 'payload.Limit'],
  ['a flag in text', within('list', { ConsistentRead: 'true' }), 'payload.ConsistentRead'],
  ['other ReturnValues', within('create', { Item: Key, ReturnValues: 'ALL_NEW' }), 'payload.ReturnValues'],
])('%s is refused by name', async (_, event, path) => {
  const { errors, detail } = await refused(event);
  expect(errors?.map((error) => error.path)).toEqual([path]);
  expect(detail).not.toMatch(/\n|\.js/);
});

test.each([
  ['create', ['TableName', 'Expected', 'ConditionalOperator', 'ReturnConsumedCapacity', 'Key']],
  ['read', ['TableName', 'AttributesToGet', 'ReturnConsumedCapacity']],
  [
    'update',
    ['TableName', 'AttributeUpdates', 'Expected', 'ConditionalOperator', 'ReturnItemCollectionMetrics'],
  ],
  ['delete', ['TableName', 'Expected', 'ConditionalOperator', 'ReturnValuesOnConditionCheckFailure']],
  ['list', ['TableName', 'ScanFilter', 'AttributesToGet', 'Segment', 'TotalSegments', 'Select', 'IndexName']],
  ['query', ['TableName', 'KeyConditions', 'QueryFilter', 'AttributesToGet', 'IndexName', 'Select']],
])('%s refuses %j', async (operation, members) => {
  const required = { create: { Item: Key }, list: {}, query: { KeyConditionExpression: 'id = :i' } };
  const payload = {
    ...(required[operation as keyof typeof required] ?? { Key }),
    ...Object.fromEntries(members.map((member) => [member, {}])),
  };
  const { errors } = await refused({ operation, payload });
  expect(errors?.map(({ path }) => path)).toEqual(members.map((member) => `payload.${member}`));
});

test('an unknown operation is told the known ones', async () => {
  expect((await refused({ operation: 'drop' })).detail).toContain(
    'create, read, update, delete, list, query, echo, ping',
  );
});

test.each([
  ['__proto__ in an item', parsed('{"operation":"create","payload":{"Item":{"__proto__":{"a":1}}}}')],
  ['__proto__ in the envelope', parsed('{"operation":"ping","__proto__":{"tableName":"x"}}')],
  ['constructor in echo', within('echo', { a: [{ constructor: 1 }] })],
  ['prototype in a value', within('update', { Key, ExpressionAttributeValues: { ':v': { prototype: 1 } } })],
  [
    'a name that stands for __proto__',
    within('read', { Key, ExpressionAttributeNames: { '#p': '__proto__' } }),
  ],
  ['__proto__ in an update', within('update', { Key, UpdateExpression: 'SET __proto__ = :v' })],
  [
    'constructor in a condition',
    within('delete', { Key, ConditionExpression: 'attribute_exists(a.constructor)' }),
  ],
  ['prototype in a projection', within('list', { ProjectionExpression: 'id,prototype' })],
  ['an empty name', within('create', { Item: { '': 1 } })],
  ['half a character', within('create', { Item: { a: '\ud800' } })],
  ['33 levels', within('create', { Item: nested(33) })],
  ['33 levels in a value', within('update', { Key, ExpressionAttributeValues: { ':v': nested(33) } })],
  ['100,000 levels', within('echo', nested(100_000) as object)],
  ['an expression over 4 KB', within('list', { FilterExpression: 'a = :v OR '.repeat(500) })],
  [
    'more names than an expression can use',
    within('list', {
      ExpressionAttributeNames: Object.fromEntries(Array.from({ length: 3001 }, (_, i) => [`#${i}`, 'a'])),
    }),
  ],
  ['a parenthesis too many', within('delete', { Key, ConditionExpression: 'a = :v) OR (a = :v' })],
])('%s is refused', async (_, event) => {
  expect(await refused(event)).toMatchObject({ code: 'invalid-request', errors: [{ message: /./ }] });
});

test.each([
  ['1e400', 'payload.Item.n'],
  ['-1e400', 'payload.Item.n'],
  ['9007199254740993', 'payload.Item.n'],
  ['1e126', 'payload.Item.n'],
  ['1e-131', 'payload.Item.n'],
  ['[0, {"deep": 1e21}]', 'payload.Item.n[1].deep'],
])('the number %s is refused', async (number, path) => {
  const event = parsed(`{"operation":"create","payload":{"Item":{"id":"1","n":${number}}}}`);
  expect(await refused(event)).toMatchObject({ code: 'inexact-number', errors: [{ path }] });
});

test('a thousand wrong members are answered with the first twenty', async () => {
  const payload = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`m${i}`, 1]));
  expect((await refused({ operation: 'list', payload })).errors).toHaveLength(20);
});

test('a Limit is not to be sent as a string, an attribute is', async () => {
  const { errors } = await refused(within('list', { Limit: 2 ** 53, ExclusiveStartKey: { id: 2 ** 53 } }));
  expect(errors?.map(({ path, message }) => [path, message.endsWith(', or send it as a string')])).toEqual([
    ['payload.Limit', false],
    ['payload.ExclusiveStartKey.id', true],
  ]);
});
