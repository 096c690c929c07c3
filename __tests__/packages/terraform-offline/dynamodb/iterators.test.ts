import { PutItemCommand, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { AbstractLevel } from 'abstract-level';
import { repairIterators } from '../../../../packages/terraform-offline/dynamodb/dynalite-iterators';
import { type EmbeddedDynamoDB, startDynalite } from '../../../support/dynalite';

const TableName = 'Books';
const opened = jest.spyOn(AbstractLevel.prototype, 'attachResource');
const closed = jest.spyOn(AbstractLevel.prototype, 'detachResource');
let database: EmbeddedDynamoDB;

beforeAll(async () => {
  repairIterators();
  database = await startDynalite();
  await database.createTable(TableName);
  for (const id of ['1', '2', '3']) {
    await database.client.send(new PutItemCommand({ TableName, Item: { id: { S: id } } }));
  }
});
afterAll(() => database.close());

it.each([
  ['Scan', new ScanCommand({ TableName })],
  ['Scan that stops early', new ScanCommand({ TableName, Limit: 1 })],
  [
    'Query',
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: '1' } },
    }),
  ],
])('a %s leaves no iterator open', async (_, command) => {
  const before = opened.mock.calls.length;

  await database.client.send(command);

  expect(opened.mock.calls.length).toBe(before + 1);
  expect(closed.mock.calls.length).toBe(opened.mock.calls.length);
});
