import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { randomJson } from '../../support/random-json';
import { dataApi, TABLE } from './data-api';

let database: EmbeddedDynamoDB;
let api: ReturnType<typeof dataApi>;

beforeAll(async () => {
  database = await startDynamoDB();
  await database.createTable(TABLE);
  api = dataApi(database.client);
});
afterAll(() => database.close());

async function roundTrip(data: string): Promise<unknown> {
  const stored = await api.store(`{"data":${data}}`);
  expect(stored).toMatchObject({ status: 201 });
  const retrieved = await api.retrieve(String(stored.body.id));
  expect(retrieved).toMatchObject({ status: 200, body: stored.body });
  return retrieved.body.data;
}

test.each([
  'null',
  'true',
  'false',
  '0',
  '""',
  '[]',
  '{}',
  '[null,[],{},"",0,false]',
  '{"a":{"b":{"c":[{"d":null}]}}}',
  '{"id":"x","data":{"data":1},"S":"s","N":"1","M":{"L":[]},"NULL":true}',
  '{"toString":1,"hasOwnProperty":2,"length":3,"0":4,"proto":5,"then":6}',
  '{"isLosslessNumber":true,"value":"1"}',
  '"2020-01-01T00:00:00.000Z"',
  '"ü€😀\\u0000\\u001f\\u2028\\ufeff\\uffff\\"\\\\/"',
  '[0.1,1.5e3,-12e-1,1e100,9007199254740994,1e-130,9.99e125,5e-100,0.30000000000000004]',
  '"9007199254740993"',
  `${'['.repeat(31)}1${']'.repeat(31)}`,
  `${'{"a":'.repeat(31)}{}${'}'.repeat(31)}`,
])('%s comes back as it was', async (text) => {
  expect(await roundTrip(text)).toEqual(JSON.parse(text));
});

test.each([
  ['-0', 0],
  ['1.0', 1],
  ['1E2', 100],
  ['-0.0e7', 0],
])('%s comes back with the same value', async (text, value) => {
  expect(await roundTrip(text)).toBe(value);
});

test.each(Array.from({ length: 100 }, (_, seed) => seed))(
  'random value %d comes back as it was',
  async (seed) => {
    const value = randomJson(seed);
    expect(await roundTrip(JSON.stringify(value))).toEqual(value);
  },
);
