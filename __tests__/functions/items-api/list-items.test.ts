import { BatchWriteItemCommand, DeleteTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { byName } from '../../../functions/items-api/contract';
import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { startItemsApi, type Item, type ItemsApi } from './support/items-api';

interface Page {
  readonly items: Item[];
  readonly cursor?: string;
}

let database: EmbeddedDynamoDB;
let items: ItemsApi;
beforeAll(async () => {
  database = await startDynamoDB();
  items = await startItemsApi(database.endpoint);
});
beforeEach(() => database.createTable('items', byName));
afterEach(() => database.client.send(new DeleteTableCommand({ TableName: 'items' })));
afterAll(async () => {
  await items.close();
  await database.close();
});

/** Writes items as another client would: by their public attributes. */
async function seed(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, i) => `item-${i}`);
  const at = { S: '2026-01-01T00:00:00.000Z' };
  for (let from = 0; from < count; from += 25) {
    const requests = ids.slice(from, from + 25).map((id) => ({
      PutRequest: {
        Item: {
          id: { S: id },
          name: { S: id },
          price: { N: '1' },
          version: { N: '1' },
          createdAt: at,
          updatedAt: at,
        },
      },
    }));
    await database.client.send(new BatchWriteItemCommand({ RequestItems: { items: requests } }));
  }
  return ids;
}

async function page(query?: Record<string, string>): Promise<Page> {
  const { status, body } = await items.list(query);
  expect(status).toBe(200);
  return body as Page;
}

test('an empty table is an empty page without a cursor', async () => {
  expect(await page()).toEqual({ items: [] });
});

test('items are listed as they were created', async () => {
  const { body } = await items.create({ name: 'Book', price: 9.5, description: 'Thick' });
  expect(await page()).toEqual({ items: [body] });
});

test('a page holds 25 items unless limit says otherwise', async () => {
  await seed(30);
  expect((await page()).items).toHaveLength(25);
  expect((await page({ limit: '1' })).items).toHaveLength(1);
  expect((await page({ limit: '100' })).items).toHaveLength(30);
});

test('the cursors of 1,000 items lead to every id exactly once', async () => {
  const ids = await seed(1000);
  const seen: string[] = [];
  let next: Page | undefined;
  do {
    next = await page({ limit: '77', ...(next?.cursor && { cursor: next.cursor }) });
    seen.push(...next.items.map(({ id }) => id));
  } while (next.cursor !== undefined);
  expect(seen.sort()).toEqual(ids.sort());
});

test('a page that Lambda could not return ends earlier, and its cursor leads to the rest', async () => {
  // Each is 380 KB in the table, 2.3 MB as JSON, and as text in what the function returns 2.7 MB.
  const description = '\u0001'.repeat(380_000);
  for (const name of ['a', 'b', 'c']) await items.create({ name, price: 1, description });
  const seen: string[] = [];
  let next: Page | undefined;
  do {
    next = await page(next?.cursor === undefined ? {} : { cursor: next.cursor });
    expect(JSON.stringify(JSON.stringify(next)).length).toBeLessThan(6_000_000);
    seen.push(...next.items.map(({ name }) => name));
  } while (next.cursor !== undefined);
  expect(seen.sort()).toEqual(['a', 'b', 'c']);
});

test.each(['0', '101', '-1', '1.5', '1e1', ' 5', '', 'all', '25,25'])(
  'the limit %j is 400 and named',
  async (limit) => {
    expect(await items.list({ limit })).toMatchObject({
      status: 400,
      body: {
        code: 'invalid-request',
        errors: [{ path: 'limit', message: 'must be a whole number from 1 to 100' }],
      },
    });
  },
);

test.each<[string, (cursor: string) => string]>([
  ['cut short', (cursor) => cursor.slice(0, -4)],
  ['with a character changed', (cursor) => (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1)],
  ['with a character added', (cursor) => `${cursor}A`],
  ['with padding', (cursor) => `${cursor}=`],
  ['empty', () => ''],
  ['that is an id', () => 'item-1'],
  ['that is JSON', () => '{"id":"item-1"}'],
])('a cursor %s is 400 and named', async (_, change) => {
  await seed(3);
  const { cursor } = await page({ limit: '1' });
  expect(await items.list({ cursor: change(cursor!) })).toMatchObject({
    status: 400,
    body: { code: 'invalid-request', errors: [{ path: 'cursor' }] },
  });
});

test('a cursor of another table is 400', async () => {
  await database.createTable('items-staging');
  const variables = { STACK: 'items-api', TABLE_NAME: 'items-staging' };
  const staging = await startItemsApi(database.endpoint, (fn) => ({ ...fn, variables }));
  await staging.create({ name: 'Book', price: 1 });
  await staging.create({ name: 'Pen', price: 1 });
  const { cursor } = (await staging.list({ limit: '1' })).body as Page;
  expect(cursor).toBeDefined();
  expect((await staging.list({ cursor: cursor! })).status).toBe(200);
  expect((await items.list({ cursor: cursor! })).status).toBe(400);
  await staging.close();
});

test('a row that is no item does not keep the others from being listed', async () => {
  const [id] = await seed(1);
  await database.client.send(new PutItemCommand({ TableName: 'items', Item: { id: { S: 'note' } } }));
  expect((await page()).items.map((item) => item.id)).toEqual([id]);
});

describe('the items of a name', () => {
  /** Three lamps, a second apart, and something else between them. */
  async function seedLamps(): Promise<string[]> {
    const item = (id: string, name: string, second: number) =>
      new PutItemCommand({
        TableName: 'items',
        Item: {
          id: { S: id },
          name: { S: name },
          price: { N: '1' },
          version: { N: '1' },
          createdAt: { S: `2026-01-01T00:00:0${second}.000Z` },
          updatedAt: { S: `2026-01-01T00:00:0${second}.000Z` },
        },
      });
    for (const [id, name, second] of [
      ['z', 'Lamp', 1],
      ['y', 'Lamp shade', 2],
      ['x', 'Lamp', 3],
      ['w', 'lamp', 4],
      ['v', 'Lamp', 5],
    ] as const)
      await database.client.send(item(id, name, second));
    return ['z', 'x', 'v'];
  }

  test('are listed as they were created, and no others', async () => {
    const ids = await seedLamps();
    const { items: found, cursor } = await page({ name: 'Lamp' });
    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(cursor).toBeUndefined();
    expect(await page({ name: 'Table' })).toEqual({ items: [] });
  });

  test('come page by page', async () => {
    const ids = await seedLamps();
    const seen: string[] = [];
    let next: Page | undefined;
    do {
      next = await page({ name: 'Lamp', limit: '1', ...(next?.cursor && { cursor: next.cursor }) });
      seen.push(...next.items.map(({ id }) => id));
    } while (next.cursor !== undefined);
    expect(seen).toEqual(ids);
  });

  test.each([
    ['another name', { name: 'lamp' }],
    ['no name', {}],
  ])('have cursors that are 400 with %s', async (_, query) => {
    await seedLamps();
    const { cursor } = await page({ name: 'Lamp', limit: '1' });
    expect(await items.list({ ...query, cursor: cursor! })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors: [{ path: 'cursor' }] },
    });
  });

  test('take no cursor of all items', async () => {
    await seedLamps();
    const { cursor } = await page({ limit: '1' });
    expect((await items.list({ name: 'Lamp', cursor: cursor! })).status).toBe(400);
  });

  test.each(['', 'x'.repeat(683)])('that no item can have are 400: %#', async (name) => {
    expect(await items.list({ name })).toMatchObject({
      status: 400,
      body: { code: 'invalid-request', errors: [{ path: 'name' }] },
    });
    expect((await items.create({ name, price: 1 })).status).toBe(400);
  });

  test('may be as long as a key', async () => {
    const name = '\u20ac'.repeat(682);
    const { status, body } = await items.create({ name, price: 1 });
    expect(status).toBe(201);
    expect(await page({ name })).toEqual({ items: [body] });
  });
});
