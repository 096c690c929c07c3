import { OPERATOR } from '../../../local/dynamodb/credentials';
import { type Database, startDatabase } from '../../../local/dynamodb/database';
import { createTableBrowser } from '../../../local/explorer/table-browser/table-browser';
import { send } from '../../support/http';
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
