import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { startItemsApi, type Answer, type Item, type ItemsApi } from './support/items-api';

let database: EmbeddedDynamoDB;
let items: ItemsApi;
let created: Answer;
let id: string;
beforeAll(async () => {
  database = await startDynamoDB();
  await database.createTable('items');
  items = await startItemsApi(database.endpoint);
  created = await items.create({ name: 'Book', price: 9.5 });
  ({ id } = created.body as Item);
});
afterAll(async () => {
  await items.close();
  await database.close();
});

test('an item is answered 200 as it was created, with its entity tag', async () => {
  const { status, headers, body } = await items.get(id);
  expect({ status, body }).toEqual({ status: 200, body: created.body });
  expect(headers).toMatchObject({ 'Content-Type': 'application/json', ETag: '"1"' });
});

test.each(['00000000-0000-4000-8000-000000000000', 'nothing', '../items', 'ü', 'x'.repeat(2049)])(
  'the unknown id %s is 404 problem+json',
  async (unknown) => {
    const answer = await items.get(unknown);
    expect(answer).toMatchObject({
      status: 404,
      headers: { 'Content-Type': 'application/problem+json' },
      body: { code: 'not-found', status: 404 },
    });
    expect(answer.headers).not.toHaveProperty('ETag');
  },
);

// Weak comparison: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
test.each(['"1"', 'W/"1"', '"7", "1"', '"7" , W/"1"', ',"7",,"1",', '*'])(
  'If-None-Match: %s is 304 without a body, with the entity tag',
  async (value) => {
    const answer = await items.get(id, { 'If-None-Match': value });
    expect(answer).toEqual({ status: 304, headers: { ETag: '"1"' }, body: undefined });
  },
);

test.each(['"2"', 'W/"2"', '"01"', '"11", "x,1"', '""'])(
  'If-None-Match: %s is 200 with the item',
  async (value) => {
    expect(await items.get(id, { 'If-None-Match': value })).toMatchObject({ status: 200, body: { id } });
  },
);

test('If-Match lets the named version through and no other', async () => {
  expect((await items.get(id, { 'If-Match': '"1"' })).status).toBe(200);
  expect((await items.get(id, { 'If-Match': 'W/"1"' })).status).toBe(412);
  expect((await items.get(id, { 'If-Match': '"2"' })).status).toBe(412);
});

test.each<Record<string, string>>([{ 'If-None-Match': '*' }, { 'If-Match': '*' }, { 'If-Match': '"1"' }])(
  'an unknown id is 404 with %j',
  async (headers) => {
    expect((await items.get('unknown', headers)).status).toBe(404);
  },
);
