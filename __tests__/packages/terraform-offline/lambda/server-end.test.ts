import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InvocationResult } from '../../../../packages/terraform-offline/lambda/invoker';
import { deleteWritten, returned, writtenFunction } from '../../../support/lambda';
import { childrenOf, isRunning, leftOf } from '../../../support/processes';
import { program } from '../../../support/program';

const temporary = mkdtempSync(path.join(tmpdir(), 'server-end-'));

afterAll(() => {
  deleteWritten();
  rmSync(temporary, { recursive: true });
});

/** A server in a process of its own, and the process of its function, which is handling an event. */
async function startServer(whenAgain: string) {
  const code = `import { setTimeout as sleep } from 'node:timers/promises';
    export const handler = async ({ again }) => { if (again) { console.log('again'); ${whenAgain} } return process.pid; };`;
  const fn = writtenFunction({ 'index.mjs': code }, { timeoutSeconds: 60 });
  const [node, ...parent] = program('__tests__/fixtures/lambda-parent.ts');
  const server = spawn(node, [...parent, JSON.stringify(fn)], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
  return { server, functionPid: returned(JSON.parse(line) as InvocationResult) as number };
}

/** The files that are still there after ten seconds. */
async function leftFiles(): Promise<string[]> {
  for (let tries = 0; tries < 500 && readdirSync(temporary).length > 0; tries += 1) await sleep(20);
  return readdirSync(temporary);
}

it.each([
  ['waits', 'await sleep(60_000);'],
  ['never yields', 'for (;;);'],
])(
  'a server that is killed leaves neither process nor file behind when its function %s',
  async (_case, again) => {
    const { server, functionPid } = await startServer(again);
    expect(isRunning(functionPid)).toBe(true);
    expect(readdirSync(temporary)).toHaveLength(1);

    server.kill('SIGKILL');
    await once(server, 'exit');

    expect(await leftOf([functionPid])).toEqual([]);
    expect(await leftFiles()).toEqual([]);
  },
);

it('a server whose reaper was killed leaves nothing behind either', async () => {
  const { server, functionPid } = await startServer('for (;;);');
  const [reaper = 0] = childrenOf(server.pid ?? 0, /read -r _/);
  process.kill(reaper, 'SIGKILL');
  while (childrenOf(server.pid ?? 0, /read -r _/).every((pid) => pid === reaper)) await sleep(20);

  server.kill('SIGKILL');
  await once(server, 'exit');

  expect(await leftFiles()).toEqual([]);
  expect(await leftOf([functionPid])).toEqual([]);
});
