import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ServedBuild, serveBuild } from '../support/served-build';

const README = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');
const ORIGIN = 'http://127.0.0.1:3000';

interface Example {
  readonly command: string;
  /** The first status the text names after the command. */
  readonly status: number;
}

/** What asks who calls is at `localhost`, and `who-may-call.all.test.ts` sends it. */
const examples = [...README.matchAll(/```sh\n(curl [^`]*?127\.0\.0\.1[^`]*)```/g)].map(
  ({ 1: command = '', index, 0: block }): Example => {
    const [, status] = /answers? `(\d{3})`/.exec(README.slice(index + block.length)) ?? [];
    return { command, status: Number(status) };
  },
);

let cloud: ServedBuild;
beforeAll(async () => {
  cloud = await serveBuild();
});
afterAll(() => cloud.close());

async function send(command: string): Promise<Response> {
  const words = [...command.matchAll(/'([^']*)'|[^\s\\]+/g)].map(([word, quoted]) => quoted ?? word);
  const valuesOf = (option: string) => words.filter((_, i) => words[i - 1] === option);
  const url = words.find((word) => word.startsWith(ORIGIN)) ?? '';
  const here = new URL(cloud.urlOf('data-api')).origin;
  return fetch(url.replace(ORIGIN, here), {
    method: valuesOf('-X')[0] ?? 'GET',
    headers: valuesOf('-H').map((header) => header.split(': ') as [string, string]),
    body: valuesOf('-d')[0] ?? null,
  });
}

test('the README shows each of the four systems', () => {
  const shown = new Set(examples.map(({ command }) => new RegExp(`${ORIGIN}/([a-z-]+)/`).exec(command)?.[1]));
  expect([...shown].sort()).toEqual(['data-api', 'dynamodb-manager', 'items-api', 'order-api']);
});

test.each(examples)('$command answers $status', async ({ command, status }) => {
  expect((await send(command)).status).toBe(status);
});

test('what the README says of a second time is true', async () => {
  const [store, create, put, order] = [
    'data-api',
    'POST http://127.0.0.1:3000/items-api',
    'PUT',
    'Beautiful Jacket',
  ].map((words) => examples.find(({ command }) => command.includes(words))?.command ?? '');
  const stored = await send(store!);
  expect(stored.status).toBe(201);
  expect(README).toContain(await stored.text());
  await send(create!);
  expect((await send(put!)).status).toBe(200);
  expect((await send(put!)).status).toBe(412);
  expect((await send(order!)).status).toBe(409);
});
