import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { startItemsApi, type Item, type ItemsApi } from './support/items-api';

let database: EmbeddedDynamoDB;
let items: ItemsApi;
beforeAll(async () => {
  database = await startDynamoDB();
  await database.createTable('items');
  items = await startItemsApi(database.endpoint);
});
afterAll(async () => {
  await items.close();
  await database.close();
});

const create = async () => (await items.create({ name: 'Book', price: 9.5 })).body as Item;

test.each<Record<string, string>>([
  {},
  { 'If-Match': '"1"' },
  { 'If-Match': '*' },
  { 'If-Match': '"7", "1"' },
])('an item is deleted with %j: 204 without a body, then 404', async (headers) => {
  const { id } = await create();
  expect(await items.remove(id, headers)).toEqual({ status: 204, headers: {}, body: undefined });
  expect((await items.get(id)).status).toBe(404);
  expect((await items.remove(id)).status).toBe(404);
});

test.each<Record<string, string>>([{ 'If-Match': '"2"' }, { 'If-Match': 'W/"1"' }, { 'If-None-Match': '*' }])(
  '%j is 412 on version 1, and the item stays',
  async (headers) => {
    const item = await create();
    const answer = await items.remove(item.id, headers);
    expect(answer).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
    expect((await items.get(item.id)).body).toEqual(item);
  },
);

test.each<Record<string, string>>([{}, { 'If-Match': '"1"' }, { 'If-Match': '*' }])(
  'an absent item is 404 with %j',
  async (headers) => {
    expect(await items.remove('absent', headers)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  },
);

test('a malformed If-Match is 400, and the item stays', async () => {
  const { id } = await create();
  expect((await items.remove(id, { 'If-Match': '1' })).status).toBe(400);
  expect((await items.get(id)).status).toBe(200);
});
