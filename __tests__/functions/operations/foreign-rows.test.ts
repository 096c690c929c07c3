import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { answered } from '../../fixtures/seeds/conversations';
import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { engineOn } from './support';

const NINES = '9'.repeat(38);

let database: EmbeddedDynamoDB;
beforeAll(async () => {
  database = await startDynamoDB();
  await database.createTable('foreign');
  await database.client.send(
    new PutItemCommand({
      TableName: 'foreign',
      Item: {
        id: { S: '1' },
        strings: { SS: ['a', 'b'] },
        numbers: { NS: ['1', NINES] },
        binaries: { BS: [Buffer.from('hello')] },
        binary: { B: Buffer.from([0, 255]) },
        big: { N: NINES },
        fraction: { N: '3.1415926535897932384626433832795028842' },
        small: { N: '2.5' },
        map: { M: { list: { L: [{ N: NINES }, { NULL: true }] } } },
      },
    }),
  );
});
afterAll(() => database.close());

const row = {
  id: '1',
  strings: ['a', 'b'],
  numbers: [1, NINES],
  binaries: ['aGVsbG8='],
  binary: 'AP8=',
  big: NINES,
  fraction: '3.1415926535897932384626433832795028842',
  small: 2.5,
  map: { list: [NINES, null] },
};

test.each([
  ['read', { Key: { id: '1' } }, { Item: row }],
  ['list', {}, { Items: [row], Count: 1, ScannedCount: 1 }],
  [
    'query',
    { KeyConditionExpression: 'id = :i', ExpressionAttributeValues: { ':i': '1' } },
    { Items: [row], Count: 1, ScannedCount: 1 },
  ],
])('%s answers rows that another client wrote', async (operation, payload, answer) => {
  const operate = engineOn(database.client, 'foreign');
  expect(await operate({ operation, payload })).toEqual(answered(answer));
});
