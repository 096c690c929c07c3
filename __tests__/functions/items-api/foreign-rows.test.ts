import { GetItemCommand, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { startItemsApi, type ItemsApi } from './support/items-api';

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

const time = { S: '2024-11-04T10:30:00.000Z' };
const book = { name: 'Book', price: 9.5 };
const absent = { status: 404, body: { code: 'not-found' } };

describe.each<[string, Record<string, AttributeValue>]>([
  ['nothing but a key', {}],
  ['a version alone', { version: { N: '1' } }],
  ['times of another type', { version: { N: '1' }, createdAt: { N: '1' }, updatedAt: { N: '1' } }],
  ['a version of another type', { version: { S: '1' }, createdAt: time, updatedAt: time }],
])('a row with %s, written by another client, is no item', (_, attributes) => {
  const row = { id: { S: 'note' }, ...attributes };
  beforeEach(() => database.client.send(new PutItemCommand({ TableName: 'items', Item: row })));
  afterEach(async () => {
    const { Item } = await database.client.send(
      new GetItemCommand({ TableName: 'items', Key: { id: row.id } }),
    );
    expect(Item).toEqual(row);
  });

  it.each<Record<string, string>>([{}, { 'If-Match': '*' }, { 'If-Match': '"1"' }, { 'If-None-Match': '*' }])(
    'is absent for every route, with %j',
    async (headers) => {
      expect(await items.get('note', headers)).toMatchObject(absent);
      expect(await items.update('note', book, headers)).toMatchObject(absent);
      expect(await items.remove('note', headers)).toMatchObject(absent);
      expect((await items.list()).body).toEqual({ items: [] });
    },
  );
});
