import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { dataApi, TABLE, type Answer } from './data-api';

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let database: EmbeddedDynamoDB;
let api: ReturnType<typeof dataApi>;

beforeAll(async () => {
  database = await startDynamoDB();
  await database.createTable(TABLE);
  api = dataApi(database.client);
});
afterAll(() => database.close());

const count = async () => (await database.client.send(new ScanCommand({ TableName: TABLE }))).Count;

test("the seed's request answers 201 with id, data and the Location that reaches them", async () => {
  const { status, headers, body } = await api.store('{"data": "Your data payload here"}');
  expect(status).toBe(201);
  expect(body).toEqual({ id: expect.stringMatching(UUID_V4) as string, data: 'Your data payload here' });
  expect(headers).toMatchObject({
    'Content-Type': 'application/json',
    Location: `data/${String(body.id)}`,
  });
});

test('every request without a key is stored under an id of its own', async () => {
  const ids = await Promise.all(
    Array.from({ length: 5 }, async () => (await api.store('{"data":1}')).body.id),
  );
  expect(new Set(ids).size).toBe(5);
});

const pathsOf = ({ errors = [] }: Answer['body']) => (errors as { path: string }[]).map(({ path }) => path);

describe('what cannot be stored is refused, and stores nothing', () => {
  test.each<[string, string | undefined, number, string, ...string[]]>([
    ['no body', undefined, 400, 'invalid-json'],
    ['no JSON', '{"data":', 400, 'invalid-json'],
    ['a member given twice', '{"data":1,"data":2}', 400, 'invalid-json'],
    ['no data', '{}', 400, 'invalid-request', 'data'],
    ['a list', '[1]', 400, 'invalid-request', ''],
    ['null', 'null', 400, 'invalid-request', ''],
    ['a text', '"data"', 400, 'invalid-request', ''],
    ['members beside data', '{"data":1,"id":"x","b c":2}', 400, 'invalid-request', 'id', '["b c"]'],
    ['a rounded number', '{"data":{"a":[9007199254740993]}}', 400, 'inexact-number', 'data.a[0]'],
    ['an infinite number', '{"data":-1e400}', 400, 'inexact-number', 'data'],
    ['a prototype', '{"data":{"__proto__":{"a":1}}}', 400, 'invalid-request', 'data.__proto__'],
    ['a prototype beside data', '{"data":1,"__proto__":{}}', 400, 'invalid-request', '__proto__'],
    ['a constructor', '{"data":[{"constructor":0}]}', 400, 'invalid-request', 'data[0].constructor'],
    ['an empty name', '{"data":{"":1}}', 400, 'invalid-request', 'data[""]'],
    [
      '33 levels',
      `{"data":${'['.repeat(32)}0${']'.repeat(32)}}`,
      400,
      'invalid-request',
      `data${'[0]'.repeat(32)}`,
    ],
    ['a million levels', `{"data":${'['.repeat(1_000_000)}`, 400, 'invalid-request', ''],
    ['a text over 400 KB', `{"data":"${'x'.repeat(400 * 1024)}"}`, 413, 'too-large'],
    [
      'names over 400 KB',
      `{"data":{${Array.from({ length: 7 }, (_, i) => `"${i}${'n'.repeat(60_000)}":1`).join()}}}`,
      413,
      'too-large',
    ],
    ['numbers that take over 400 KB', `{"data":[${'1234567890123456,'.repeat(50_000)}1]}`, 413, 'too-large'],
    ['a request over 16 MB to DynamoDB', `{"data":[${'1,'.repeat(2_900_000)}1]}`, 413, 'too-large'],
  ])('%s', async (_, text, status, code, ...paths) => {
    const before = await count();
    const { headers, body, ...answer } = await api.store(text);
    expect(answer.status).toBe(status);
    expect(headers['Content-Type']).toBe('application/problem+json');
    expect(headers).not.toHaveProperty('Location');
    expect(body).toMatchObject({ status, code, type: `urn:problem-type:${code}` });
    expect(pathsOf(body)).toEqual(paths);
    expect(await count()).toBe(before);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'the media type %j',
    async (type) => {
      const { status, body } = await api.store('{"data":1}', { 'Content-Type': type });
      expect(status).toBe(415);
      expect(body).toMatchObject({ code: 'unsupported-media-type' });
    },
  );
});

test('an item just under 400 KB is stored and comes back', async () => {
  const data = 'x'.repeat(400 * 1024 - 'id'.length - 36 - 'data'.length);
  const { status, body } = await api.store(JSON.stringify({ data }));
  expect(status).toBe(201);
  expect((await api.retrieve(String(body.id))).body.data).toBe(data);
  expect((await api.store(JSON.stringify({ data: `${data}x` }))).status).toBe(413);
});
