import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { manualClock } from '../../../support/clock';
import { deleteWritten, fixtureFunction, gate, returned, startFunction } from '../../../support/lambda';
import { isRunning } from '../../../support/processes';

afterAll(deleteWritten);

type Service = ReturnType<typeof startFunction>;

/** Sends so many events at once, and lets none of them end before all have begun. @returns the processes */
async function overlapping(service: Service, count: number): Promise<unknown[]> {
  const before = service.begun();
  const { until, open } = gate();
  const results = Promise.all(Array.from({ length: count }, () => service.run({ until })));
  await service.until(() => service.begun() === before + count);
  open();
  return (await results).map(returned);
}

describe('execution environments', () => {
  it('are one per overlapping event, and reused by those that follow', async () => {
    const service = startFunction(fixtureFunction('index.process'));

    const processes = await overlapping(service, 3);
    const next = returned(await service.run());

    expect(new Set(processes).size).toBe(3);
    expect(processes).toContain(next);
    expect(returned(await service.run())).toBe(next);
    await service.close();
  });

  it('are at most the reserved concurrency: what exceeds it is throttled', async () => {
    const service = startFunction(fixtureFunction('index.process', { reservedConcurrency: 2 }));

    const { until, open } = gate();

    const running = [1, 2, 3].map(() => service.run({ until }));
    await service.until(() => service.begun() === 2);
    open();
    const results = await Promise.all(running);

    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'success', 'success']);
    expect(results).toContainEqual({ outcome: 'refused', reason: 'throttled', message: 'Rate Exceeded.' });
    expect(await service.run()).toMatchObject({ outcome: 'success' });
    await service.close();
  });

  it('are at most a number without one: what exceeds them waits', async () => {
    const concurrency = { perFunction: 3, overall: 10 };
    const service = startFunction(fixtureFunction('index.process'), { concurrency });

    const { until, open } = gate();

    const running = Array.from({ length: 5 }, () => service.run({ until }));
    await service.until(() => service.begun() === 3);
    open();

    expect(new Set((await Promise.all(running)).map(returned)).size).toBe(3);
    await service.close();
    expect(service.environments()).toBe(3);
  });

  it('are as many as there may be over all: an idle one of another function makes room', async () => {
    const other = fixtureFunction('index.echo');
    const service = startFunction(fixtureFunction('index.process'), {
      functions: [fixtureFunction('index.process'), other],
      concurrency: { perFunction: 2, overall: 2 },
    });
    const pids = await overlapping(service, 2);

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
      await service.run({}, functionArn === undefined ? {} : { functionArn });
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
    const clock = manualClock();
    const service = startFunction(fixtureFunction(handler, { timeoutSeconds: 5 }), { clock });
    const failed = async () => {
      const before = service.begun();
      const result = service.run({ code: 3 });
      await service.until(() => service.begun() > before);
      if (handler === 'index.hangs') clock.pass(5000);
      return result;
    };

    expect(await failed()).toMatchObject({ outcome: 'function-error' });
    expect(await failed()).toMatchObject({ outcome: 'function-error' });
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

  it('load once for each event when they fail to load', async () => {
    const service = startFunction(fixtureFunction('index.handler', { fixture: 'fails-to-load' }));

    expect(await service.run()).toMatchObject({ errorMessage: 'no configuration' });
    expect(await service.run()).toMatchObject({ errorMessage: 'no configuration' });

    expect(service.log.filter(({ type }) => type === 'function')).toHaveLength(2);
    await service.close();
    expect(service.environments()).toBe(2);
  });

  it('end when the service is closed, and fail what they had not answered', async () => {
    const concurrency = { perFunction: 1, overall: 1 };
    const service = startFunction(fixtureFunction('index.sleeps'), { concurrency });
    const running = [service.run(), service.run()];
    await service.until(() => service.begun() === 1);

    await service.close();

    for (const result of await Promise.all(running)) {
      expect(result).toMatchObject({ outcome: 'function-error', errorType: 'Runtime.ExitError' });
    }
    expect(await service.run()).toMatchObject({ errorType: 'Runtime.ExitError' });
  });

  it('retire sooner when there is another', async () => {
    const clock = manualClock();
    const service = startFunction(fixtureFunction('index.process'), { clock, retireAfterMs: 300_000 });

    const processes = await overlapping(service, 2);
    clock.pass(30_000);
    const again = await overlapping(service, 2);

    expect(new Set(processes).size).toBe(2);
    expect(again.filter((process) => processes.includes(process))).toHaveLength(1);
    await service.close();
  });

  it('retire when nobody used them for a while', async () => {
    const clock = manualClock();
    const service = startFunction(fixtureFunction('index.process'), { clock, retireAfterMs: 300_000 });

    const first = returned(await service.run());
    clock.pass(299_999);
    const second = returned(await service.run());
    clock.pass(330_000);
    const third = returned(await service.run());

    expect(second).toBe(first);
    expect(third).not.toBe(first);
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
    write(`import { existsSync } from 'node:fs';
           import { setTimeout as sleep } from 'node:timers/promises';
           export const handler = async ({ until }) => {
             while (!existsSync(until)) await sleep(10);
             return 'old';
           };`);
    const fn = fixtureFunction('index.handler', { codeDirectory: folder });
    const service = startFunction(fn);
    const { until, open } = gate();

    const under = service.run({ until });
    await service.until(() => service.begun() === 1);
    write(`export const handler = () => 'new';`);
    service.update([fn]);

    expect(returned(await service.run())).toBe('new');
    open();
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

    const first = returned(await service.run());
    service.update([fn]);

    expect(returned(await service.run())).toBe(first);
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
