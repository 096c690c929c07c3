import { OPERATOR } from '../../../../packages/terraform-offline/iam/credentials';
import type { Database } from '../../../../packages/terraform-offline/dynamodb/database';
import { operatorClient } from '../../../../packages/terraform-offline/dynamodb/operator-client';
import { createTableBrowser } from '../../../../packages/terraform-offline/console/table-browser/table-browser';
import { send } from '../../../support/http';
import { startedDatabase } from '../dynamodb/support';
import { table } from './model';

let database: Database;
const log: string[] = [];
const said: string[] = [];
let port = 0;
const browser = createTableBrowser(
  () => ({ endpoint: database.endpoint, region: 'eu-west-1', credentials: OPERATOR, port }),
  (message) => said.push(message),
);

beforeAll(async () => {
  database = await startedDatabase({
    tables: [table('notes'), table('orders')],
    log: (line) => log.push(line),
  });
});

afterAll(async () => {
  browser.close();
  await database.close();
});

test('shows the tables of the local database, which lets the operator in', async () => {
  const response = await fetch(await browser.url());
  const page = await response.text();
  expect(response.status).toBe(200);
  expect(page).toContain('notes');
  expect(page).toContain('orders');
});

test('says how many items a table has, while it can be told at once', async () => {
  const call = operatorClient(database.endpoint);
  const put = (Item: object) => call('PutItem', { TableName: 'notes', Item });
  const counts = async () => {
    const page = await (await fetch(await browser.url())).text();
    return [...page.matchAll(/badge-secondary[^>]*>\s*(\d*)\s*</g)].map(([, count]) => count);
  };

  for (const S of ['1', '2', '3']) await put({ id: { S } });
  expect(await counts()).toEqual(['3', '0']);

  // A page of a scan holds 1 MB.
  for (const S of ['4', '5', '6']) await put({ id: { S }, text: { S: 'x'.repeat(390_000) } });
  expect(await counts()).toEqual(['', '0']);
});

test('cannot be put into a frame', async () => {
  const { headers } = await fetch(await browser.url());
  expect(headers.get('content-security-policy')).toBe("frame-ancestors 'none'");
});

test('makes a table anew that is deleted in it, and says so', async () => {
  const url = await browser.url();
  const call = operatorClient(database.endpoint);
  await call('PutItem', { TableName: 'orders', Item: { id: { S: 'gone' } } });

  await fetch(`${url}/tables/orders`, { method: 'DELETE' });

  while (log.length === 0) await new Promise(setImmediate);
  await expect(call('Scan', { TableName: 'orders' })).resolves.toMatchObject({ Count: 0 });
  expect(log).toEqual(['the table orders was deleted, and is there again, empty: a stack declares it']);
});

test('has all that a browser asks for', async () => {
  expect((await fetch(new URL('/favicon.ico', await browser.url()))).ok).toBe(true);
});

test('runs once, on loopback, and answers to loopback names only', async () => {
  const url = await browser.url();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(await browser.url()).toBe(url);
  expect((await send(url, '/', { headers: { Host: 'evil.example' } })).status).toBe(421);
});

test.each<[origin: string | undefined, taken: boolean]>([
  [undefined, true],
  ['its own', true],
  ['http://evil.example', false],
  ['http://127.0.0.1:3000', false],
  ['null', false],
])('takes what the page of this origin sends: %s → %s', async (origin, taken) => {
  const url = await browser.url();
  const headers = origin === undefined ? undefined : { Origin: origin === 'its own' ? url : origin };
  const { status } = await send(url, '/', { method: 'POST', headers });
  expect(status === 403).toBe(!taken);
});

test('starts again when it was closed', async () => {
  const before = await browser.url();
  browser.close();
  await expect(untilGone(before)).resolves.toBe(true);
  expect((await fetch(await browser.url())).status).toBe(200);
});

test('keeps to its port while that is free, and says when it is not', async () => {
  const { port: free } = new URL(await browser.url());
  browser.close();
  port = Number(free);
  expect(await browser.url()).toBe(`http://127.0.0.1:${free}`);
  expect(said).toEqual([]);

  const another = createTableBrowser(
    () => ({ endpoint: database.endpoint, region: 'eu-west-1', credentials: OPERATOR, port }),
    (message) => said.push(message),
  );
  const { port: other } = new URL(await another.url());
  another.close();

  expect(other).not.toBe(free);
  expect(said).toEqual([`port ${free} is in use: the table browser is at port ${other}`]);
});

async function untilGone(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    if (!answers) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
