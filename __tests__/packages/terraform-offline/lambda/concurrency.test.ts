import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fixtureFunction, returned, startFunction } from '../../../support/lambda';
import { isRunning } from '../../../support/processes';

describe('execution environments', () => {
  it('are reused by events one after the other', async () => {
    const service = startFunction(fixtureFunction('index.process'));

    const first = returned(await service.run({ milliseconds: 0 }));
    const second = returned(await service.run({ milliseconds: 0 }));

    expect(second).toBe(first);
    await service.close();
  });

  it('are one per overlapping event', async () => {
    const service = startFunction(fixtureFunction('index.process'));

    const results = await Promise.all([1, 2, 3].map(() => service.run({ milliseconds: 1000 })));

    expect(new Set(results.map(returned)).size).toBe(3);
    await service.close();
  });

  it('are at most the reserved concurrency: what exceeds it is throttled', async () => {
    const service = startFunction(fixtureFunction('index.process', { reservedConcurrency: 2 }));

    const results = await Promise.all([1, 2, 3].map(() => service.run({ milliseconds: 200 })));

    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'success', 'success']);
    expect(results).toContainEqual({ outcome: 'refused', reason: 'throttled', message: 'Rate Exceeded.' });
    expect(await service.run({ milliseconds: 0 })).toMatchObject({ outcome: 'success' });
    await service.close();
  });

  it('are at most a number without one: what exceeds them waits', async () => {
    const concurrency = { perFunction: 3, overall: 10 };
    const service = startFunction(fixtureFunction('index.process'), { concurrency });

    const results = await Promise.all(Array.from({ length: 12 }, () => service.run({ milliseconds: 300 })));

    expect(new Set(results.map(returned)).size).toBe(3);
    await service.close();
  });

  it('are as many as there may be over all: an idle one of another function makes room', async () => {
    const other = fixtureFunction('index.echo');
    const service = startFunction(fixtureFunction('index.process'), {
      functions: [fixtureFunction('index.process'), other],
      concurrency: { perFunction: 2, overall: 2 },
    });
    const pids = (await Promise.all([1, 2].map(() => service.run({ milliseconds: 2000 })))).map(returned);

    expect(returned(await service.run('echoed', { functionArn: other.arn }))).toBe('echoed');

    expect(pids.filter((pid) => isRunning(pid as number))).toHaveLength(1);
    await service.close();
  });

  it('serve events of all functions in the order in which they came', async () => {
    const other = fixtureFunction('index.echo');
    const service = startFunction(fixtureFunction('index.process'), {
      functions: [fixtureFunction('index.process'), other],
      concurrency: { perFunction: 1, overall: 1 },
    });
    const order: string[] = [];
    const run = async (name: string, functionArn?: string) => {
      await service.run({ milliseconds: 300 }, functionArn === undefined ? {} : { functionArn });
      order.push(name);
    };

    await Promise.all([run('first'), run('second, of another', other.arn), run('third')]);

    expect(order).toEqual(['first', 'second, of another', 'third']);
    await service.close();
  });

  it.each([
    ['crashed', 'index.exits'],
    ['threw outside its handler', 'index.throwsLater'],
    ['timed out', 'index.hangs'],
  ])('are replaced when one %s', async (_case, handler) => {
    const service = startFunction(fixtureFunction(handler, { timeoutSeconds: 1 }));

    const [first, second] = [await service.run({ code: 3 }), await service.run({ code: 4 })];

    expect(first).toMatchObject({ outcome: 'function-error' });
    expect(second).toMatchObject({ outcome: 'function-error' });
    expect(service.log.filter((entry) => entry.type === 'platform.report')).toEqual([
      expect.objectContaining({
        metrics: expect.objectContaining({ initDurationMs: expect.any(Number) as unknown }) as unknown,
      }),
      expect.objectContaining({
        metrics: expect.objectContaining({ initDurationMs: expect.any(Number) as unknown }) as unknown,
      }),
    ]);
    await service.close();
  });

  it('are tried again after one failed to load', async () => {
    const service = startFunction(fixtureFunction('index.handler', { fixture: 'fails-to-load' }));

    expect(await service.run()).toMatchObject({ errorMessage: 'no configuration' });
    expect(await service.run()).toMatchObject({ errorMessage: 'no configuration' });
    await service.close();
  });

  it('load once for each event when they fail to load', async () => {
    const service = startFunction(fixtureFunction('index.handler', { fixture: 'fails-to-load' }));

    await service.run();
    await sleep(300);

    expect(service.log.filter(({ type }) => type === 'function')).toHaveLength(1);
    await service.close();
  });

  it('end when the service is closed, and fail what they had not answered', async () => {
    const service = startFunction(fixtureFunction('index.process'));
    const running = Array.from({ length: 8 }, () => service.run({ milliseconds: 60_000 }));
    await sleep(500);

    await service.close();

    for (const result of await Promise.all(running)) {
      expect(result).toMatchObject({ outcome: 'function-error', errorType: 'Runtime.ExitError' });
    }
    expect(await service.run()).toMatchObject({ errorType: 'Runtime.ExitError' });
  });

  it('retire sooner when there is another', async () => {
    const service = startFunction(fixtureFunction('index.process'), { retireAfterMs: 2000 });

    const processes = (await Promise.all([1, 2].map(() => service.run({ milliseconds: 2000 })))).map(
      returned,
    );
    await sleep(1000);
    const again = (await Promise.all([1, 2].map(() => service.run({ milliseconds: 2000 })))).map(returned);

    expect(new Set(processes).size).toBe(2);
    expect(again.filter((process) => processes.includes(process))).toHaveLength(1);
    await service.close();
  });

  it('retire when nobody used them for a while', async () => {
    const service = startFunction(fixtureFunction('index.process'), { retireAfterMs: 50 });

    const first = returned(await service.run({ milliseconds: 0 }));
    await sleep(200);
    const second = returned(await service.run({ milliseconds: 0 }));

    expect(second).not.toBe(first);
    await service.close();
  });
});

describe('an update', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'code-'));
  const write = (answer: string) => {
    writeFileSync(path.join(folder, 'index.mjs'), answer);
  };

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('serves the new code, and finishes what the old one began', async () => {
    write(`import { setTimeout as sleep } from 'node:timers/promises';
           export const handler = async () => (await sleep(300), 'old');`);
    const fn = fixtureFunction('index.handler', { codeDirectory: folder });
    const service = startFunction(fn);

    const under = service.run();
    await sleep(100);
    write(`export const handler = () => 'new';`);
    service.update([fn]);

    expect(returned(await service.run())).toBe('new');
    expect(returned(await under)).toBe('old');
    await service.close();
  });

  it('keeps no copy of code that nothing runs any more', async () => {
    write(`export const handler = () => process.env.LAMBDA_TASK_ROOT;`);
    const fn = fixtureFunction('index.handler', { codeDirectory: folder });
    const service = startFunction(fn);
    const old = String(returned(await service.run()));

    write(`export const handler = () => 'new';`);
    service.update([fn]);
    expect(returned(await service.run())).toBe('new');

    expect(existsSync(old)).toBe(false);
    await service.close();
  });

  it('keeps the environments of what did not change', async () => {
    const fn = fixtureFunction('index.process');
    const service = startFunction(fn);

    const first = returned(await service.run({ milliseconds: 0 }));
    service.update([fn]);

    expect(returned(await service.run({ milliseconds: 0 }))).toBe(first);
    await service.close();
  });

  it('that cannot be read is refused, and the last good one goes on', async () => {
    const fn = fixtureFunction('index.echo');
    const service = startFunction(fn);

    expect(() => {
      service.update([{ ...fn, codeDirectory: '/nowhere' }]);
    }).toThrow(/nowhere/);
    expect(returned(await service.run('still here'))).toBe('still here');
    await service.close();
  });
});
