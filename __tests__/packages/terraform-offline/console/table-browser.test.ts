import { OPERATOR } from '../../../../packages/terraform-offline/iam/credentials';
import { type Database, startDatabase } from '../../../../packages/terraform-offline/dynamodb/database';
import { operatorClient } from '../../../../packages/terraform-offline/dynamodb/operator-client';
import { createTableBrowser } from '../../../../packages/terraform-offline/console/table-browser/table-browser';
import { send } from '../../../support/http';
import { table } from './model';

let database: Database;
const browser = createTableBrowser(() => ({
  endpoint: database.endpoint,
  region: 'eu-west-1',
  credentials: OPERATOR,
}));

beforeAll(async () => {
  database = await startDatabase({
    tables: [table('notes'), table('orders')],
    roles: [],
    storage: { kind: 'memory' },
    iam: true,
    log: () => undefined,
  });
});

afterAll(async () => {
  browser.close();
  await database.close();
});

test('shows the tables of the local database, whose gate lets the operator in', async () => {
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
