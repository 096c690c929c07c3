import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Checkout } from '../support/checkout';
import { type LocalServer, startLocalServer } from '../support/local-server';
import { childrenOf, descendantsOf, isRunning } from '../support/processes';

/** The server is killed once it has acknowledged this many writes, while it is sent more. */
const WRITES = 20;

let folder: string;
let servers: LocalServer[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'crashes-'));
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true });
});

async function startOnDisk(): Promise<LocalServer> {
  const server = await startLocalServer({ args: ['--no-build', '--data-dir', folder] });
  servers.push(server);
  return server;
}

const stores = {
  data: (n: number) => ['data-api', '/data', { data: { n } }] as const,
  items: (n: number) => ['items-api', '/items', { name: 'Keyboard', price: n }] as const,
};

interface Answer {
  readonly at: number;
  readonly status: number;
  readonly retryAfter: string | null;
  /** What was stored and where, once that was acknowledged. */
  readonly stored: { readonly stackId: string; readonly path: string; readonly value: object } | undefined;
}

async function store(server: LocalServer, kind: keyof typeof stores, n: number): Promise<Answer> {
  const [stackId, route, value] = stores[kind](n);
  const response = await fetch(`${server.urlOf(stackId)}${route}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  });
  const { id } = (await response.json()) as { id: string };
  return {
    at: performance.now(),
    status: response.status,
    retryAfter: response.headers.get('Retry-After'),
    stored: response.status === 201 ? { stackId, path: `${route}/${id}`, value } : undefined,
  };
}

/** What is found where each acknowledged write said. */
async function readBack(server: LocalServer, answers: readonly Answer[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const { stored } of answers) {
    if (!stored) continue;
    const response = await fetch(`${server.urlOf(stored.stackId)}${stored.path}`);
    found.push(await response.json());
  }
  return found;
}

function acknowledged(answers: readonly Answer[]): unknown[] {
  return answers.flatMap<unknown>(({ stored }) => (stored ? expect.objectContaining(stored.value) : []));
}

it('refuses a second start on its data folder, and goes on', async () => {
  const first = await startOnDisk();
  const before = await store(first, 'data', 1);

  await expect(startOnDisk()).rejects.toThrow(
    `the local server ended: the data folder ${folder} is in use by another process: stop it, or choose another folder with --data-dir\n`,
  );

  const after = await store(first, 'data', 2);
  expect([before.status, after.status]).toEqual([201, 201]);
  expect(await readBack(first, [before, after])).toEqual(acknowledged([before, after]));
});

it('killed under load it leaves no process behind, and what it acknowledged is there at the next start', async () => {
  const killed = await startOnDisk();
  const answers: Answer[] = [];
  const written = new EventEmitter();
  const load = (async () => {
    for (let n = 0; ; n++) {
      answers.push(await store(killed, 'items', n));
      if (acknowledged(answers).length === WRITES) written.emit('enough');
    }
  })();
  await Promise.race([once(written, 'enough'), load]);

  const children = descendantsOf(killed.pid);
  process.kill(killed.pid, 'SIGKILL');
  await expect(load).rejects.toThrow('fetch failed');

  const deadline = performance.now() + 1000;
  while (children.some(isRunning) && performance.now() < deadline) await sleep(20);
  expect(children.filter(isRunning)).toEqual([]);
  const next = await startOnDisk();
  expect(await readBack(next, answers)).toEqual(acknowledged(answers));
});

it('serves the next change after every process of a watching server was killed', async () => {
  const checkout = new Checkout();
  const server = await startLocalServer({ root: checkout.root, args: ['--in-memory', '--watch'] });
  servers.push(server);
  // The compiler, and the functions' reaper.
  const children = childrenOf(server.pid);
  expect(children).toHaveLength(2);

  for (const child of children) process.kill(child, 'SIGKILL');
  const changed = "export const handler = () => ({ statusCode: 200, body: 'changed' });\n";
  checkout.write('functions/data-api/retrieve-data.ts', changed);

  const url = `${server.urlOf('data-api')}/data/any`;
  let body = '';
  for (let tries = 0; tries < 3000 && body !== 'changed'; tries += 1) {
    await sleep(20);
    body = await (await fetch(url)).text();
  }
  expect(body).toBe('changed');
  checkout.remove();
});
