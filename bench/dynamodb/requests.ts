import { sendRequests } from '../load';

const HEADERS = {
  'Content-Type': 'application/x-amz-json-1.0',
  'X-Amz-Date': '20261129T000000Z',
  Authorization:
    'AWS4-HMAC-SHA256 Credential=bench/20261129/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

export const OPERATIONS = ['GetItem', 'PutItem', 'UpdateItem', 'Query', 'Scan'] as const;
export type Operation = (typeof OPERATIONS)[number];

const itemOf = (index: number) => ({
  group: { S: `group-${Math.floor(index / 100)}` },
  id: { S: `item-${index}` },
  name: { S: 'An item of some length, as they are in most tables' },
  price: { N: '12.5' },
  count: { N: String(index) },
  tags: { L: [{ S: 'one' }, { S: 'two' }, { M: { deep: { BOOL: true } } }] },
});

export function loadOf(port: number, operation: Operation, items: number) {
  const table = { TableName: 'Bench' };
  const key = () => {
    const { group, id } = itemOf(Math.floor(Math.random() * items));
    return { group, id };
  };
  const bodies = {
    GetItem: () => ({ ...table, Key: key() }),
    PutItem: () => ({ ...table, Item: itemOf(Math.floor(Math.random() * items)) }),
    UpdateItem: () => ({
      ...table,
      Key: key(),
      UpdateExpression: 'SET #count = #count + :one',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }),
    Query: () => ({
      ...table,
      KeyConditionExpression: '#group = :group',
      ExpressionAttributeNames: { '#group': 'group' },
      ExpressionAttributeValues: { ':group': key().group },
      Limit: 25,
    }),
    Scan: () => ({ ...table, ExclusiveStartKey: key(), Limit: 25 }),
  };
  return requestFor(port, operation, () => JSON.stringify(bodies[operation]()));
}

function requestFor(port: number, operation: string, body: string | (() => string)) {
  const headers = { ...HEADERS, 'X-Amz-Target': `DynamoDB_20120810.${operation}` };
  return { port, method: 'POST', path: '/', headers, body, status: 200 };
}

export async function fill(port: number, from: number, to: number): Promise<void> {
  await createTable(port);
  await put(port, from, to);
}

export async function createTable(port: number): Promise<void> {
  const table = {
    TableName: 'Bench',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'group', AttributeType: 'S' },
      { AttributeName: 'id', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'group', KeyType: 'HASH' },
      { AttributeName: 'id', KeyType: 'RANGE' },
    ],
  };
  await call(port, 'CreateTable', table);
  while (!(await call(port, 'DescribeTable', { TableName: 'Bench' })).includes('"ACTIVE"')) continue;
}

/** Items of these numbers, 25 at a time. */
export async function put(port: number, from: number, to: number): Promise<void> {
  let next = from;
  const body = () => {
    const Bench = Array.from({ length: 25 }, (_, index) => {
      return { PutRequest: { Item: itemOf((next + index) % to) } };
    });
    next += 25;
    return JSON.stringify({ RequestItems: { Bench } });
  };
  await sendRequests(requestFor(port, 'BatchWriteItem', body), Math.ceil((to - from) / 25));
}

export async function call(port: number, operation: string, request: object): Promise<string> {
  const { headers, method } = requestFor(port, operation, '');
  const answer = await fetch(`http://127.0.0.1:${port}`, { method, headers, body: JSON.stringify(request) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${operation}: ${text}`);
  return text;
}
