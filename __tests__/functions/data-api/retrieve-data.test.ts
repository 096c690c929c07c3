import { PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { dataApi, TABLE } from './data-api';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

let database: EmbeddedDynamoDB;
let api: ReturnType<typeof dataApi>;

beforeAll(async () => {
  database = await startDynamoDB();
  await database.createTable(TABLE);
  api = dataApi(database.client);
});
afterAll(() => database.close());

const put = (id: string, attributes: Record<string, AttributeValue>) =>
  database.client.send(new PutItemCommand({ TableName: TABLE, Item: { id: { S: id }, ...attributes } }));

test.each([
  ['an unknown UUID', '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
  ['no UUID', '1'],
  ['a property of objects', 'constructor'],
  ['a prototype', '__proto__'],
  ['a UUID in braces', `{${ID}}`],
  ['a UUID with text behind it', `${ID}\n`],
  ['a URN', `urn:uuid:${ID}`],
  ['digits that are not hexadecimal', 'zf8fad5b-d9cb-469f-a165-70867728950e'],
  ['a very long id', 'x'.repeat(5_000)],
  ['characters of an expression', ":id = '1' OR #n"],
  ['nothing', ''],
])('%s answers 404 problem+json', async (_, id) => {
  const { status, headers, body, text } = await api.retrieve(id);
  expect(status).toBe(404);
  expect(headers['Content-Type']).toBe('application/problem+json');
  expect(body).toMatchObject({ code: 'not-found', status: 404 });
  expect(body).not.toHaveProperty('errors');
  expect(text.length).toBeLessThan(500);
});

test('a UUID is found in either case', async () => {
  await put(ID, { data: { S: 'here' } });
  const expected = { status: 200, body: { id: ID, data: 'here' } };
  expect(await api.retrieve(ID)).toMatchObject(expected);
  expect(await api.retrieve(ID.toUpperCase())).toMatchObject(expected);
});

test('a row of another client is answered as JSON', async () => {
  await put(ID, {
    data: { M: { big: { N: '12345678901234567890' }, tags: { SS: ['a'] }, bytes: { B: Buffer.from('hi') } } },
    extra: { S: 'not ours' },
  });
  expect((await api.retrieve(ID)).body).toEqual({
    id: ID,
    data: { big: '12345678901234567890', tags: ['a'], bytes: 'aGk=' },
  });
});

test('a row without data is nothing of ours', async () => {
  await put(ID, {});
  expect((await api.retrieve(ID)).status).toBe(404);
});
