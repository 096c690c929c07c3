import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendantsOf, leftOf } from '../support/processes';
import { killLaunched, Launched } from './support/launched';

afterAll(killLaunched);

const json = (data: unknown) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ data }),
});

describe('npm start', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('stops while it starts, as a program does that %s ends: %i', async (signal, code) => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const server = new Launched(['--port', '0', '--dynamodb-endpoint', `http://127.0.0.1:${port}`]);
    await once(silent, 'connection');

    server.child.kill(signal);

    expect(await server.exited).toBe(code);
    expect(server.stdout).not.toContain('ready');
    silent.close();
  });

  it('answers no request with its own end', async () => {
    const server = new Launched(['--port', '0', '--in-memory']);
    const url = await server.ready();
    const statuses: number[] = [];
    const client = async () => {
      for (;;) {
        const answer = await fetch(`${url}/data-api/prod/data`, json('any')).catch(() => undefined);
        if (!answer) return;
        statuses.push(answer.status);
      }
    };
    const clients = Promise.all(Array.from({ length: 32 }, client));
    while (statuses.length < 500) await sleep(10);

    server.child.kill('SIGINT');
    await clients;

    expect(await server.exited).toBe(0);
    expect(statuses.filter((status) => status !== 201)).toEqual([]);
    expect(server.stdout).not.toMatch(/^POST \S+ 5/m);
  });

  it('ends when nobody reads its log any more', async () => {
    const server = new Launched(['--port', '0', '--in-memory']);
    const url = await server.ready();
    server.child.stdout?.destroy();

    await fetch(`${url}/data-api/prod/nothing`).catch(() => undefined);
    await server.exited;

    expect(server.stderr).not.toContain('EPIPE');
  });

  it('ends with npm, whose shell passes no signal on', async () => {
    const npm = new Launched(['--port', '0', '--in-memory', '--quiet'], {
      command: ['npm', 'start', '--silent', '--'],
    });
    await npm.ready();
    const descendants = descendantsOf(npm.child.pid ?? 0);
    npm.child.kill('SIGTERM');

    await npm.exited;
    // npm is gone before the server notices, and the server takes its time to close.
    expect(await leftOf(descendants)).toEqual([]);
  });
});
