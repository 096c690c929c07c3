import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { loseFirstAnswer, startFaultyDatabase } from '../../support/database-faults';
import { clientOf, startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { dataApi, TABLE } from './data-api';

let database: EmbeddedDynamoDB;
let api: ReturnType<typeof dataApi>;

beforeEach(async () => {
  database = await startDynamoDB();
  await database.createTable(TABLE);
  api = dataApi(database.client);
});
afterEach(() => database.close());

const key = { 'Idempotency-Key': '8e03978e-40d5-43e8-bc93-6894a57f9324' };
const count = async () => (await database.client.send(new ScanCommand({ TableName: TABLE }))).Count;

test('the same key and body answer 201 with the same item, stored once', async () => {
  const first = await api.store('{"data":{"a":1,"b":[0.1,null]}}', key);
  const again = await api.store(' {"data": {"b":[1e-1,null], "a":1.0}}', key);
  expect(first.status).toBe(201);
  expect(again).toMatchObject({ status: 201, headers: first.headers, body: first.body });
  expect(await count()).toBe(1);
});

test.each(['{"data":2}', '{"data":"1"}', '{"data":[1]}', '{"data":null}'])(
  'the same key with the other body %s answers 422 and changes nothing',
  async (other) => {
    const first = await api.store('{"data":1}', key);
    const { status, headers, body } = await api.store(other, key);
    expect(status).toBe(422);
    expect(headers['Content-Type']).toBe('application/problem+json');
    expect(body).toMatchObject({ code: 'idempotency-key-reused' });
    expect((await api.retrieve(String(first.body.id))).body).toEqual(first.body);
  },
);

test('another key stores another item', async () => {
  const ids = await Promise.all(
    ['a', 'b', 'A'].map(
      async (other) => (await api.store('{"data":1}', { 'idempotency-key': other })).body.id,
    ),
  );
  expect(new Set(ids).size).toBe(3);
});

test('twenty duplicates at once store one item and all answer it', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => api.store('{"data":[1,2]}', key)));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(answers[0]!.status).toBe(201);
  expect(await count()).toBe(1);
});

test('of ten bodies at once with one key, one wins and nine are 422', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => api.store(`{"data":${i}}`, key)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(422)]);
  expect(await count()).toBe(1);
});

test.each(['', 'two words', 'é', 'x'.repeat(256)])(
  'the key %j answers 400 and stores nothing',
  async (bad) => {
    const { status, body } = await api.store('{"data":1}', { 'Idempotency-Key': bad });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'invalid-idempotency-key' });
    expect(await count()).toBe(0);
  },
);

test('two keys answer 400, say that they are two, and store nothing', async () => {
  const { status, body } = await api.store('{"data":1}', { 'Idempotency-Key': 'a', 'idempotency-key': 'b' });
  expect(status).toBe(400);
  expect(body).toMatchObject({
    code: 'invalid-idempotency-key',
    detail: expect.stringContaining('more than one Idempotency-Key') as string,
  });
  expect(await count()).toBe(0);
});

test.each([
  ['with a key', key],
  ['without a key', {}],
])('a lost answer is retried into one stored item, %s', async (_, headers) => {
  const faulty = await startFaultyDatabase(loseFirstAnswer(database.endpoint, 'PutItem'));
  const client = clientOf(faulty.endpoint);
  const { status, body } = await dataApi(client).store('{"data":1}', headers);
  expect(status).toBe(201);
  expect(faulty.requests.filter((operation) => operation === 'PutItem')).toHaveLength(2);
  expect(await count()).toBe(1);
  expect((await api.retrieve(String(body.id))).body).toEqual(body);
  client.destroy();
  await faulty.close();
});
