import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { credentialsFor } from '../../../local/dynamodb/credentials';
import { startDatabase, type Database } from '../../../local/dynamodb/database';
import { clientOf, inMemory, roleOf, tableOf } from './support';

/** Stands for DynamoDB Local. */
let other: Database;
const writer = roleOf('writer', { actions: ['dynamodb:PutItem'], resources: [tableOf('Books').arn] });

beforeAll(async () => {
  other = await startDatabase({ ...inMemory, tables: [] });
});
afterAll(() => other.close());

it('creates the tables in the other DynamoDB and holds its gate before it', async () => {
  const storage = { kind: 'endpoint', url: other.endpoint } as const;
  const database = await startDatabase({ ...inMemory, roles: [writer], storage });
  const client = clientOf(database.endpoint, credentialsFor(writer));
  await client.send(new PutItemCommand({ TableName: 'Books', Item: { id: { S: 'ü' } } }));
  await expect(client.send(new ScanCommand({ TableName: 'Books' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  const scan = await clientOf(other.endpoint).send(new ScanCommand({ TableName: 'Books' }));
  expect(scan.Items).toEqual([{ id: { S: 'ü' } }]);
  await database.close();
});

it('says so when nothing answers there', async () => {
  const storage = { kind: 'endpoint', url: 'http://127.0.0.1:1' } as const;
  await expect(startDatabase({ ...inMemory, storage })).rejects.toThrow(
    'there is no DynamoDB at http://127.0.0.1:1',
  );
});
