import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { startItemsApi, type Item, type ItemsApi } from './support/items-api';

const BOOK = { name: 'Book', price: 9.5, description: 'Thick' };

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

const create = async () => (await items.create(BOOK)).body as Item;

test('the fields are replaced, the next version is answered and createdAt stays', async () => {
  const { id, createdAt, updatedAt } = await create();
  const { status, headers, body } = await items.update(id, { name: 'Pen', price: 1, description: 'Blue' });
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'Content-Type': 'application/json', ETag: '"2"' });
  expect(body).toEqual({
    ...{ id, name: 'Pen', price: 1, description: 'Blue', version: 2, createdAt },
    updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
  });
  expect((body as Item).updatedAt >= updatedAt).toBe(true);
  expect((await items.get(id)).body).toEqual(body);
});

test('an optional field that is left out is gone', async () => {
  const { id } = await create();
  const { body } = await items.update(id, { name: 'Pen', price: 1 });
  expect(body).not.toHaveProperty('description');
  expect((await items.get(id)).body).toEqual(body);
});

test('versions count the updates', async () => {
  const { id } = await create();
  for (const version of [2, 3, 4]) {
    expect(await items.update(id, BOOK)).toMatchObject({ status: 200, body: { version } });
  }
});

test.each([
  ['an unknown member', { ...BOOK, unheardOf: 'red' }, 'unheardOf'],
  ['a version of its own', { ...BOOK, version: 7 }, 'version'],
  ['a required field left out', { name: 'Pen' }, 'price'],
  ['a negative price', { ...BOOK, price: -1 }, 'price'],
])('a body with %s is 400, and changes nothing', async (_, body, path) => {
  const item = await create();
  const answer = await items.update(item.id, body);
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-request', errors: [{ path }] } });
  expect((await items.get(item.id)).body).toEqual(item);
});

// Strong comparison: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1
describe('If-Match', () => {
  test.each(['"1"', '*', '"7", "1"', '"x","1"', ',"1",', '"999999999999999999999", "1"'])(
    '%s lets version 1 be updated',
    async (value) => {
      const { id } = await create();
      expect(await items.update(id, BOOK, { 'If-Match': value })).toMatchObject({
        status: 200,
        body: { version: 2 },
      });
    },
  );

  test.each(['"2"', 'W/"1"', '"7", W/"1"', '"0"', '"01"', '"-1"', '""', '"x"', '"1.0"'])(
    '%s is 412 on version 1, and changes nothing',
    async (value) => {
      const item = await create();
      const answer = await items.update(item.id, { name: 'Pen', price: 1 }, { 'If-Match': value });
      expect(answer).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
      expect((await items.get(item.id)).body).toEqual(item);
    },
  );

  test.each(['1', '"1', '"1" "2"', '"1"; "2"', '*, "1"', 'w/"1"', '', ',', '"a b"'])(
    '%j is 400, since it is no list of entity tags',
    async (value) => {
      const { id } = await create();
      const answer = await items.update(id, BOOK, { 'If-Match': value });
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'If-Match' }] } });
    },
  );

  test('takes 100 entity tags and says so of more', async () => {
    const { id } = await create();
    const tags = (count: number) => Array.from({ length: count }, (_, i) => `"${i + 1}"`).join();
    expect((await items.update(id, BOOK, { 'If-Match': tags(100) })).status).toBe(200);
    expect(await items.update(id, BOOK, { 'If-Match': tags(101) })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'If-Match', message: 'lists 101 entity tags; at most 100 can be compared' }] },
    });
  });
});

describe('If-None-Match', () => {
  test.each(['*', '"1"', 'W/"1"', '"7", "1"'])('%s keeps version 1 from being updated', async (value) => {
    const { id } = await create();
    const answer = await items.update(id, BOOK, { 'If-None-Match': value });
    expect(answer).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
    // Nobody changed the item: it is there, which is what the request excludes.
    expect(JSON.stringify(answer.body)).not.toMatch(/changed|someone/);
  });

  test('of another version lets it be updated', async () => {
    const { id } = await create();
    expect((await items.update(id, BOOK, { 'If-None-Match': '"2"' })).status).toBe(200);
  });
});

test.each([
  {},
  { 'If-Match': '"1"' },
  { 'If-Match': '*' },
  { 'If-Match': 'W/"1"' },
  { 'If-None-Match': '*' },
])('an absent item is 404 with %j, and is not created', async (headers) => {
  const answer = await items.update('absent', BOOK, headers as Record<string, string>);
  expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect((await items.get('absent')).status).toBe(404);
});

test('of 50 concurrent updates with one If-Match exactly one wins', async () => {
  const { id } = await create();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      items.update(id, { name: `Writer ${i}`, price: i }, { 'If-Match': '"1"' }),
    ),
  );
  const won = answers.filter(({ status }) => status === 200);
  expect(won).toHaveLength(1);
  expect(answers.filter(({ status }) => status === 412)).toHaveLength(49);
  expect((await items.get(id)).body).toEqual(won[0]?.body);
});
