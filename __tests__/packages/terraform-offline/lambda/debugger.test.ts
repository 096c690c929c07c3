import path from 'node:path';
import { debuggedVariables, isUnderVsCode } from '../../../../packages/terraform-offline/lambda/debugger';
import { manualClock } from '../../../support/clock';
import { Debugger } from '../../../support/debugger';
import { deleteWritten, returned, startFunction, writtenFunction } from '../../../support/lambda';

afterAll(deleteWritten);

type Service = ReturnType<typeof startFunction>;

async function debuggerUrl({ log, until }: Service): Promise<string> {
  const urls = () =>
    log.flatMap((entry) => {
      const [, url] = entry.type === 'notice' ? (/^debug .* at (ws:\S+)$/.exec(entry.message) ?? []) : [];
      return url === undefined ? [] : [url];
    });
  await until(() => urls().length > 0);
  return urls()[0]!;
}

describe('a function that is debugged', () => {
  it('says where before its first event, and nothing of it in its log', async () => {
    const fn = writtenFunction({ 'index.mjs': `export const handler = () => process.pid;` });
    const service = startFunction(fn, { inspect: true });

    expect(await debuggerUrl(service)).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]{36}$/);
    expect(service.log.filter(({ type }) => type === 'function')).toEqual([]);
    await service.close();
  });

  it('has all the time it needs, and one environment', async () => {
    const fn = writtenFunction(
      {
        'index.mjs': `export const handler = async (_event, context) => {
          debugger;
          return { pid: process.pid, left: context.getRemainingTimeInMillis() };
        };`,
      },
      { timeoutSeconds: 1 },
    );
    const clock = manualClock();
    const service = startFunction(fn, { inspect: true, clock });
    const client = await Debugger.connect(await debuggerUrl(service));
    await client.call('Debugger.enable');

    const answers = Promise.all([service.run(), service.run()]);
    await client.notified('Debugger.paused');
    clock.pass(60 * 60_000);
    await client.call('Debugger.disable');

    const [first, second] = (await answers).map(returned) as { pid: number; left: number }[];
    expect(first?.left).toBeGreaterThan(60_000);
    expect(second?.pid).toBe(first?.pid);
    client.close();
    await service.close();
  });
});

// https://code.visualstudio.com/docs/nodejs/nodejs-debugging#_javascript-debug-terminal
describe('VS Code’s debugger', () => {
  const terminal = { NODE_OPTIONS: '--require "/js-debug/bootloader.js"', VSCODE_INSPECTOR_OPTIONS: '{}' };

  it('reaches the functions of a server that it started', () => {
    expect(isUnderVsCode(terminal)).toBe(true);
    expect(debuggedVariables({ TABLE: 'orders', NODE_OPTIONS: '--no-deprecation' }, terminal)).toEqual({
      TABLE: 'orders',
      NODE_OPTIONS: '--require "/js-debug/bootloader.js" --no-deprecation',
      VSCODE_INSPECTOR_OPTIONS: '{}',
    });
  });

  it('is loaded by every function', async () => {
    const fn = writtenFunction({
      'index.mjs': `export const handler = () => globalThis.debuggedAs;`,
      'bootloader.cjs': `globalThis.debuggedAs = process.env.VSCODE_INSPECTOR_OPTIONS;`,
    });
    const before = process.env;
    process.env = {
      ...before,
      NODE_OPTIONS: `--require "${path.join(fn.codeDirectory, 'bootloader.cjs')}"`,
      VSCODE_INSPECTOR_OPTIONS: 'of this terminal',
    };
    const service = startFunction(fn, { inspect: true });
    try {
      expect(returned(await service.run())).toBe('of this terminal');
    } finally {
      process.env = before;
      await service.close();
    }
  });

  it('is no part of any other', () => {
    const environment = { NODE_OPTIONS: '--no-deprecation' };

    expect(isUnderVsCode(environment)).toBe(false);
    expect(debuggedVariables({ TABLE: 'orders' }, environment)).toEqual({ TABLE: 'orders' });
  });
});
