import { ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  answerError,
  type Fault,
  type FaultyDatabase,
  forward,
  loseFirstAnswer,
  startFaultyDatabase,
} from '../../support/database-faults';
import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { retryingAtOnce } from '../../support/sdk-waits';
import { type Answer, startItemsApi, type Item, type ItemsApi } from './support/items-api';

const BOOK = { name: 'Book', price: 9.5 };
const PEN = { name: 'Pen', price: 1 };

let database: EmbeddedDynamoDB;
/** Between the functions and the database. */
let faulty: FaultyDatabase;
let fault: Fault;
let items: ItemsApi;
beforeAll(async () => {
  database = await startDynamoDB();
  await database.createTable('items');
  faulty = await startFaultyDatabase((exchange, response) => fault(exchange, response));
  items = await startItemsApi(faulty.endpoint, retryingAtOnce);
});
beforeEach(() => {
  fault = forward(database.endpoint);
});
afterAll(async () => {
  await items.close();
  await faulty.close();
  await database.close();
});

/** Sends a request whose first `operation` succeeds without its answer arriving. */
async function losing(operation: string, send: () => Promise<Answer>): Promise<Answer> {
  fault = loseFirstAnswer(database.endpoint, operation);
  return send();
}

const create = async () => (await items.create(BOOK)).body as Item;

test.each<Record<string, string>>([{}, { 'Idempotency-Key': 'lost' }])(
  'an item whose answer was lost is created once, and answered 201, with %j',
  async (headers) => {
    const before = await database.client.send(new ScanCommand({ TableName: 'items' }));
    const answer = await losing('PutItem', () => items.create(BOOK, headers));
    expect(answer).toMatchObject({ status: 201, body: { ...BOOK, version: 1 } });
    const after = await database.client.send(new ScanCommand({ TableName: 'items' }));
    expect(after.Count).toBe((before.Count ?? 0) + 1);
  },
);

test.each<Record<string, string>>([{}, { 'If-Match': '"1"' }, { 'If-Match': '*' }])(
  'an update whose answer was lost is made once, and answered 200, with %j',
  async (headers) => {
    const { id } = await create();
    const answer = await losing('UpdateItem', () => items.update(id, PEN, headers));
    expect(answer).toMatchObject({ status: 200, headers: { ETag: '"2"' }, body: { ...PEN, version: 2 } });
    expect((await items.get(id)).body).toEqual(answer.body);
  },
);

test.each<Record<string, string>>([{}, { 'If-Match': '"1"' }])(
  'a deletion whose answer was lost is answered 204, with %j',
  async (headers) => {
    const { id } = await create();
    expect((await losing('DeleteItem', () => items.remove(id, headers))).status).toBe(204);
    expect((await items.get(id)).status).toBe(404);
  },
);

test.each<[string, () => Promise<Answer>]>([
  ['create', () => items.create(BOOK)],
  ['list', () => items.list()],
  ['get', () => items.get('id')],
  ['update', () => items.update('id', BOOK)],
  ['remove', () => items.remove('id')],
])('a database that is throttled is 503 with Retry-After, on %s', async (_, send) => {
  fault = answerError(400, 'ThrottlingException');
  expect(await send()).toMatchObject({
    status: 503,
    headers: { 'Retry-After': expect.stringMatching(/^\d+$/) as string },
    body: { code: 'database-unavailable' },
  });
});
