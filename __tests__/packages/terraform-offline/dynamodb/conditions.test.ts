import { PutItemCommand, QueryCommand, ScanCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../../../packages/terraform-offline/dynamodb/database';
import { clientOf, inMemory } from './support';

let database: Awaited<ReturnType<typeof startDatabase>>;
let client: DynamoDBClient;
beforeAll(async () => {
  database = await startDatabase(inMemory);
  client = clientOf(database.endpoint);
  const Item = {
    id: { S: '1' },
    w: { S: 'abc' },
    s: { S: 'ab' },
    n: { N: '5' },
    f: { BOOL: true },
    f2: { BOOL: true },
    m: { M: { a: { N: '1' } } },
    m2: { M: {} },
    l: { L: [{ M: {} }] },
    l2: { L: [] },
  };
  await client.send(new PutItemCommand({ TableName: 'Books', Item }));
});
afterAll(async () => {
  client.destroy();
  await database.close();
});

const holds = async (FilterExpression: string) => {
  const ExpressionAttributeValues = FilterExpression.includes(':v') ? { ':v': { N: '5' } } : undefined;
  const command = new ScanCommand({ TableName: 'Books', FilterExpression, ExpressionAttributeValues });
  return (await client.send(command)).Count === 1;
};

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
test('a query filters alike', async () => {
  const command = new QueryCommand({
    TableName: 'Books',
    KeyConditionExpression: 'id = :id',
    FilterExpression: 'begins_with(gone, lost) OR n IN (gone, lost) OR n BETWEEN gone AND lost',
    ExpressionAttributeValues: { ':id': { S: '1' } },
  });
  expect(await client.send(command)).toMatchObject({ Count: 0, ScannedCount: 1 });
});

test.each([
  ['begins_with(w, s)', true],
  ['begins_with(gone, s)', false],
  ['begins_with(gone, lost)', false],
  ['begins_with(m, m2)', false],
  ['begins_with(f, f2)', false],
  ['n IN (gone, :v)', true],
  ['gone IN (lost)', false],
  ['n BETWEEN :v AND :v', true],
  ['n BETWEEN :v AND gone', false],
  ['n BETWEEN :v AND s', false],
  ['m < m2', false],
  ['l BETWEEN l2 AND l2', false],
  ['gone = lost', false],
  ['gone <= lost', false],
  ['NOT (n < :v) AND (gone < :v OR size(s) < :v)', true],
  ['size(gone) = size(lost)', false],
  ['gone <> :v', true],
])('on an item with missing and mixed attributes, %s is %s', async (expression, expected) => {
  expect(await holds(expression)).toBe(expected);
});
