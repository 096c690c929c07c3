import '../../support/native-errors';
import { answerError, loseFirstAnswer, startFaultyDatabase, type Fault } from '../../support/database-faults';
import { clientOf, startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { retryAtOnce } from '../../support/sdk-waits';
import { answered } from '../../fixtures/seeds/conversations';
import { engineOn, problemOf } from './support';

retryAtOnce();

let database: EmbeddedDynamoDB;
let tables = 0;
beforeAll(async () => {
  database = await startDynamoDB();
});
afterAll(() => database.close());

/** What an operation comes to when `fault` stands before the database, and how often it was sent. */
async function through(
  fault: Fault,
  operation: string,
  payload: object,
  before: object = { id: '1', n: 1, l: [1] },
) {
  const table = `lost-${++tables}`;
  await database.createTable(table);
  const directly = engineOn(database.client, table);
  await directly({ operation: 'create', payload: { Item: before } });
  const faulty = await startFaultyDatabase(fault);
  const client = clientOf(faulty.endpoint);
  const answer = engineOn(client, table)({ operation, payload });
  const outcome = await answer.catch(() => problemOf(answer));
  client.destroy();
  await faulty.close();
  const { Items } = (await directly({ operation: 'list' })) as { Items: unknown[] };
  return { outcome, sent: faulty.requests.filter((request) => request !== 'GetItem').length, Items };
}

const Key = { id: '1' };
const values = { ExpressionAttributeValues: { ':v': 1 } };
const lists = { ExpressionAttributeValues: { ':v': [1] } };
const names = { ExpressionAttributeNames: { '#n': 'n' } };

test.each([
  ['addition', { UpdateExpression: 'SET n = n + :v', ...values }],
  ['subtraction', { UpdateExpression: 'SET #n = #n - :v', ...names, ...values }],
  ['ADD', { UpdateExpression: 'ADD n :v', ...values }],
  ['list_append', { UpdateExpression: 'SET l = list_append(l, :v)', ...lists }],
  ['a removed element', { UpdateExpression: 'REMOVE l[0]' }],
  ['an appended element', { UpdateExpression: 'SET l[9] = :v', ...values }],
  ['a copy', { UpdateExpression: 'SET n = l, l = n' }],
  [
    'a condition',
    {
      UpdateExpression: 'SET n = :w',
      ConditionExpression: 'n = :v',
      ExpressionAttributeValues: { ':v': 1, ':w': 2 },
    },
  ],
  ['old values', { UpdateExpression: 'SET n = :v', ...values, ReturnValues: 'ALL_OLD' }],
])('an update with %s whose answer is lost is not sent again', async (_, payload) => {
  const fault = loseFirstAnswer(database.endpoint, 'UpdateItem');
  const { outcome, sent } = await through(fault, 'update', { Key, ...payload });
  expect(outcome).toMatchObject({ status: 503, code: 'outcome-unknown' });
  expect(sent).toBe(1);
});

test.each([
  ['create', 'PutItem', { Item: { id: '1', a: 1 } }],
  ['create', 'PutItem', { Item: { id: '2', a: -0 }, ConditionExpression: 'attribute_not_exists(id)' }],
  ['update', 'UpdateItem', { Key, UpdateExpression: 'SET n = :v REMOVE l', ...values }],
  ['update', 'UpdateItem', { Key, UpdateExpression: 'SET m = if_not_exists(m, :v)', ...values }],
  ['delete', 'DeleteItem', { Key }],
])('a %s (%s %j) whose answer is lost is made again, and answers', async (operation, name, payload) => {
  const { outcome, sent } = await through(loseFirstAnswer(database.endpoint, name), operation, payload);
  expect(outcome).toEqual(answered({}));
  expect(sent).toBe(2);
});

test.each([
  ['create', 'PutItem', { Item: Key, ReturnValues: 'ALL_OLD' }],
  ['delete', 'DeleteItem', { Key, ReturnValues: 'ALL_OLD' }],
  ['delete', 'DeleteItem', { Key, ConditionExpression: 'attribute_exists(id)' }],
])(
  'a %s (%s %j) that would answer otherwise the second time is not made again',
  async (operation, name, payload) => {
    const { outcome, sent } = await through(loseFirstAnswer(database.endpoint, name), operation, payload);
    expect(outcome).toMatchObject({ status: 503, code: 'outcome-unknown' });
    expect(sent).toBe(1);
  },
);

test('a create whose condition fails on another item is a conflict, retried or not', async () => {
  const payload = { Item: { id: '1', other: true }, ConditionExpression: 'attribute_not_exists(id)' };
  const { outcome, Items } = await through(loseFirstAnswer(database.endpoint, 'PutItem'), 'create', payload);
  expect(outcome).toMatchObject({ status: 409, code: 'conflict' });
  expect(Items).toEqual([{ id: '1', n: 1, l: [1] }]);
});

test('a throttled update is sent again, repeatable or not, and in the end unavailable', async () => {
  const fault = answerError(400, 'ProvisionedThroughputExceededException');
  const payload = { Key, UpdateExpression: 'ADD n :v', ...values };
  const { outcome, sent } = await through(fault, 'update', payload);
  expect(outcome).toMatchObject({ status: 503, code: 'database-unavailable' });
  expect(sent).toBe(3);
});
