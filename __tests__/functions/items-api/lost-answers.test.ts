import { ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  answerError,
  loseFirstAnswer,
  startFaultyDatabase,
  type FaultyDatabase,
} from '../../support/database-faults';
import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { startItemsApi, type Item, type ItemsApi } from './support/items-api';

const BOOK = { name: 'Book', price: 9.5 };
const PEN = { name: 'Pen', price: 1 };

let database: EmbeddedDynamoDB;
let direct: ItemsApi;
beforeAll(async () => {
  database = await startDynamoDB();
  await database.createTable('items');
  direct = await startItemsApi(database.endpoint);
});
afterAll(async () => {
  await direct.close();
  await database.close();
});

/** Runs a request whose first `operation` succeeds without its answer arriving. */
async function losing<T>(operation: string, run: (items: ItemsApi) => Promise<T>): Promise<T> {
  return faulty(await startFaultyDatabase(loseFirstAnswer(database.endpoint, operation)), run);
}

async function faulty<T>(endpoint: FaultyDatabase, run: (items: ItemsApi) => Promise<T>): Promise<T> {
  const items = await startItemsApi(endpoint.endpoint);
  try {
    return await run(items);
  } finally {
    await items.close();
    await endpoint.close();
  }
}

const create = async () => (await direct.create(BOOK)).body as Item;

test.each<Record<string, string>>([{}, { 'Idempotency-Key': 'lost' }])(
  'an item whose answer was lost is created once, and answered 201, with %j',
  async (headers) => {
    const before = await database.client.send(new ScanCommand({ TableName: 'items' }));
    const answer = await losing('PutItem', (items) => items.create(BOOK, headers));
    expect(answer).toMatchObject({ status: 201, body: { ...BOOK, version: 1 } });
    const after = await database.client.send(new ScanCommand({ TableName: 'items' }));
    expect(after.Count).toBe((before.Count ?? 0) + 1);
  },
);

test.each<Record<string, string>>([{}, { 'If-Match': '"1"' }, { 'If-Match': '*' }])(
  'an update whose answer was lost is made once, and answered 200, with %j',
  async (headers) => {
    const { id } = await create();
    const answer = await losing('UpdateItem', (items) => items.update(id, PEN, headers));
    expect(answer).toMatchObject({ status: 200, headers: { ETag: '"2"' }, body: { ...PEN, version: 2 } });
    expect((await direct.get(id)).body).toEqual(answer.body);
  },
);

test.each<Record<string, string>>([{}, { 'If-Match': '"1"' }])(
  'a deletion whose answer was lost is answered 204, with %j',
  async (headers) => {
    const { id } = await create();
    expect((await losing('DeleteItem', (items) => items.remove(id, headers))).status).toBe(204);
    expect((await direct.get(id)).status).toBe(404);
  },
);

test.each<[string, (items: ItemsApi) => ReturnType<ItemsApi['get']>]>([
  ['create', (items) => items.create(BOOK)],
  ['list', (items) => items.list()],
  ['get', (items) => items.get('id')],
  ['update', (items) => items.update('id', BOOK)],
  ['remove', (items) => items.remove('id')],
])('a database that is throttled is 503 with Retry-After, on %s', async (_, run) => {
  const throttled = answerError(400, 'ThrottlingException');
  const answer = await faulty(await startFaultyDatabase(throttled), run);
  expect(answer).toMatchObject({
    status: 503,
    headers: { 'Retry-After': expect.stringMatching(/^\d+$/) as string },
    body: { code: 'database-unavailable' },
  });
});
