import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { AccessReport } from '../../packages/terraform-offline/iam/access-report';
import { startLocalServer, stopLocalServers, type LocalServer } from '../support/local-server';

/** Where the report is written when the server is stopped. */
const folder = mkdtempSync(path.join(os.tmpdir(), 'iam report '));
const file = path.join(folder, 'iam.json');

let server: LocalServer;
let report: AccessReport;
beforeAll(async () => {
  server = await startLocalServer({ args: ['--no-build', '--in-memory', '--iam-report', file] });
  await useEverything();
  await server.stop();
  report = JSON.parse(readFileSync(file, 'utf8')) as AccessReport;
});
afterAll(async () => {
  await stopLocalServers();
  rmSync(folder, { recursive: true });
});

/** Sends a request, and wants this status. */
async function send(
  status: number,
  stack: string,
  route: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ readonly id: string }> {
  const [method = '', at = ''] = route.split(' ');
  const answer = await fetch(`${server.urlOf(stack)}${at}`, {
    method,
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect([route, answer.status, text]).toEqual([route, status, text]);
  return (text === '' ? {} : JSON.parse(text)) as { id: string };
}

/** Every route, in every way that needs a right: a repeated key and a stale version are explained by a read. */
async function useEverything(): Promise<void> {
  const key = { 'Idempotency-Key': 'one' };
  const stale = { 'If-Match': '"0"' };

  const stored = await send(201, 'data-api', 'POST /data', { data: 1 }, key);
  await send(201, 'data-api', 'POST /data', { data: 1 }, key);
  await send(200, 'data-api', `GET /data/${stored.id}`);

  const item = { name: 'Keyboard', price: 49.9 };
  const { id } = await send(201, 'items-api', 'POST /items', item, key);
  await send(201, 'items-api', 'POST /items', item, key);
  await send(200, 'items-api', 'GET /items');
  await send(200, 'items-api', 'GET /items?name=Keyboard');
  await send(200, 'items-api', `GET /items/${id}`);
  await send(412, 'items-api', `PUT /items/${id}`, item, stale);
  await send(200, 'items-api', `PUT /items/${id}`, item);
  await send(412, 'items-api', `DELETE /items/${id}`, undefined, stale);
  await send(204, 'items-api', `DELETE /items/${id}`);

  await useOperations('dynamodb-manager', 'POST /DynamoDBManager', { id: '1', number: 5 }, 'number');
  const order = { id: '1', product: 'Jacket', price: 78.89, order_date: '2024-11-04T10:30:00Z' };
  await useOperations('order-api', 'POST /order', order, 'price');
}

async function useOperations(stack: string, route: string, Item: object, attribute: string): Promise<void> {
  const Key = { id: '1' };
  const operations = {
    create: { Item },
    read: { Key },
    update: {
      Key,
      UpdateExpression: 'SET #a = :a',
      ExpressionAttributeNames: { '#a': attribute },
      ExpressionAttributeValues: { ':a': 10 },
    },
    list: {},
    query: { KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': '1' } },
    delete: { Key },
  };
  for (const [operation, payload] of Object.entries(operations)) {
    await send(200, stack, route, { operation, payload });
  }
}

it('knows the role of every function', () => {
  const functions = report.roles.flatMap((role) => role.functions);
  expect(functions).toHaveLength(9);
  expect(functions).toEqual(
    expect.arrayContaining([
      'StoreDataFunction',
      'RetrieveDataFunction',
      'LambdaFunctionOverHttps',
      'order-microservice',
    ]),
  );
});

it('grants none of the four systems what nothing uses, and denies none what it needs', () => {
  for (const { role, used, unused, undecided, denied } of report.roles) {
    expect({ role, unused, undecided, denied }).toEqual({ role, unused: [], undecided: [], denied: [] });
    expect(used.length).toBeGreaterThan(0);
  }
});
