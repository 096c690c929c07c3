import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { startItemsApi, type Item, type ItemsApi } from './support/items-api';

const BOOK = { name: 'Book', price: 9.5 };

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

async function rowOf(id: string) {
  const { Item } = await database.client.send(
    new GetItemCommand({ TableName: 'items', Key: { id: { S: id } } }),
  );
  return Item;
}

test('an item is answered 201 with its id, times and first version', async () => {
  const before = new Date().toISOString();
  const { status, headers, body } = await items.create({ ...BOOK, description: 'Thick' });
  const { id, createdAt, ...rest } = body as Item;
  expect(status).toBe(201);
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(createdAt >= before).toBe(true);
  expect(rest).toEqual({ ...BOOK, description: 'Thick', version: 1, updatedAt: createdAt });
  expect(headers).toMatchObject({ 'Content-Type': 'application/json', ETag: '"1"' });
});

test('Location leads from the path that the client sent to the item', async () => {
  const { headers, body } = await items.create(BOOK);
  expect(headers.Location).toBe(`items/${(body as Item).id}`);
});

test.each([0, 0.1, 19.99, 1e21, 9007199254740992])('the price %d comes back as it is', async (price) => {
  const created = await items.create({ ...BOOK, price });
  const { body } = await items.get((created.body as Item).id);
  expect(body).toEqual(created.body);
  expect(body).toMatchObject({ price });
});

test('rows are plain: each attribute is a string or a number, under the name that callers see', async () => {
  const { body } = await items.create(BOOK);
  const row = await rowOf((body as Item).id);
  expect(row).toMatchObject({ name: { S: 'Book' }, price: { N: '9.5' }, version: { N: '1' } });
  expect(Object.values(row ?? {}).flatMap((value) => Object.keys(value))).not.toContain('M');
});

describe('a body that is refused', () => {
  test.each([
    ['no name', { price: 1 }, [{ path: 'name', message: 'is missing' }]],
    ['an empty name', { name: '', price: 1 }, [{ path: 'name' }]],
    ['a name that is no string', { name: 7, price: 1 }, [{ path: 'name' }]],
    ['no price', { name: 'Book' }, [{ path: 'price', message: 'is missing' }]],
    ['a negative price', { name: 'Book', price: -0.01 }, [{ path: 'price' }]],
    ['a price that is a string', { name: 'Book', price: '1' }, [{ path: 'price' }]],
    ['a null description', { ...BOOK, description: null }, [{ path: 'description' }]],
    ['an unknown member', { ...BOOK, unheardOf: 'red' }, [{ path: 'unheardOf' }]],
    ['an id of its own', { ...BOOK, id: 'mine' }, [{ path: 'id' }]],
    ['a version of its own', { ...BOOK, version: 7 }, [{ path: 'version' }]],
    [
      'a hidden attribute',
      { ...BOOK, createHash: 'x', writeId: 'y' },
      [{ path: 'createHash' }, { path: 'writeId' }],
    ],
    ['a prototype', '{"name":"Book","price":1,"__proto__":{"a":1}}', [{ path: '__proto__' }]],
    [
      'several faults at once',
      { price: -1, unheardOf: 'red' },
      [{ path: 'name' }, { path: 'price' }, { path: 'unheardOf' }],
    ],
    ['a list', [BOOK], [{ path: '' }]],
    ['null', null, [{ path: '' }]],
  ])('because of %s is 400 and names it', async (_, body, errors) => {
    const answer = await items.create(body);
    expect(answer).toMatchObject({
      status: 400,
      headers: { 'Content-Type': 'application/problem+json' },
      body: {
        code: 'invalid-request',
        errors: errors.map((error) => expect.objectContaining(error) as unknown),
      },
    });
    expect((answer.body as { errors: unknown[] }).errors).toHaveLength(errors.length);
  });

  test.each([
    ['no JSON', '{"name":', {}, 400, 'invalid-json'],
    ['a price JavaScript cannot hold', '{"name":"Book","price":1e400}', {}, 400, 'inexact-number'],
    ['a price DynamoDB cannot hold', '{"name":"Book","price":1e-200}', {}, 400, 'inexact-number'],
    ['another media type', '<item/>', { 'Content-Type': 'application/xml' }, 415, 'unsupported-media-type'],
    ['its size', JSON.stringify({ ...BOOK, description: 'x'.repeat(500_000) }), {}, 413, 'too-large'],
  ])('because of %s is answered so', async (_, body, headers, status, code) => {
    expect(await items.create(body, headers)).toMatchObject({ status, body: { status, code } });
  });
});

// 38 digits, up to 9.99…E+125: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
test.each([
  ['0.1234567890123456789012345678901234567890123', /; round it$/],
  ['1e200', /; keep it between -1e126 and 1e126$/],
])('the price %s is refused with advice that a price can follow', async (price, advice) => {
  const answer = await items.create(`{"name":"Book","price":${price}}`);
  expect(answer).toMatchObject({
    status: 400,
    body: {
      code: 'inexact-number',
      detail: expect.not.stringContaining('string') as string,
      errors: [{ path: 'price', message: expect.stringMatching(advice) as string }],
    },
  });
});

test('a number in place of a text is to be sent as one', async () => {
  const { body } = await items.create('{"name":9007199254740993,"price":1}');
  expect(body).toMatchObject({
    errors: [{ path: 'name', message: expect.stringMatching(/, or send it as a string$/) as string }],
  });
});

describe('an Idempotency-Key', () => {
  const key = (value: string) => ({ 'Idempotency-Key': value });

  test('creates one item, however often the request comes', async () => {
    const first = await items.create(BOOK, key('once'));
    const again = await items.create({ price: 9.5, name: 'Book' }, key('once'));
    expect(again).toEqual(first);
  });

  test('creates one item when requests overlap', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map(() => items.create(BOOK, key('overlap'))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => (body as Item).id)).size).toBe(1);
  });

  test('answers with the item as it now stands', async () => {
    const { id } = (await items.create(BOOK, key('changed'))).body as Item;
    const changed = await items.update(id, { name: 'Book', price: 12 });
    const again = await items.create(BOOK, key('changed'));
    expect(again).toMatchObject({ status: 201, headers: { ETag: '"2"' }, body: changed.body as object });
  });

  test('is 422 with another body, and changes nothing', async () => {
    const { id } = (await items.create(BOOK, key('reused'))).body as Item;
    const again = await items.create({ ...BOOK, price: 10 }, key('reused'));
    expect(again).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect((await items.get(id)).body).toMatchObject({ price: 9.5, version: 1 });
  });

  test('is free again once the item is deleted', async () => {
    const { id } = (await items.create(BOOK, key('freed'))).body as Item;
    await items.remove(id);
    const again = await items.create({ ...BOOK, price: 10 }, key('freed'));
    expect(again).toMatchObject({ status: 201, body: { id, price: 10, version: 1 } });
  });

  test.each(['', 'a b', 'ü', 'x'.repeat(256)])('of %j is 400', async (value) => {
    const answer = await items.create(BOOK, key(value));
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-idempotency-key' } });
  });
});

test('what is hidden in a row is in no answer', async () => {
  const created = await items.create(BOOK, { 'Idempotency-Key': 'hidden' });
  const { id } = created.body as Item;
  const row = await rowOf(id);
  const hidden = Object.keys(row ?? {}).filter((name) => !(name in (created.body as object)));
  expect(hidden.sort()).toEqual(['createHash', 'writeId']);
  const again = await items.create(BOOK, { 'Idempotency-Key': 'hidden' });
  const answers = [created, again, await items.get(id), await items.list(), await items.update(id, BOOK)];
  for (const answer of answers) {
    for (const name of hidden) expect(JSON.stringify(answer)).not.toContain(name);
  }
});
