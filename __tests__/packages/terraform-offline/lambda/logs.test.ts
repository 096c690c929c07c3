import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { LogEntry } from '../../../../packages/terraform-offline/log/log';
import { deleteWritten, fixtureFunction, startFunction, writtenFunction } from '../../../support/lambda';
import { buildFolder } from '../../../../tools/project-root';

const requestId = 'request-1';

afterAll(deleteWritten);

async function logOf(handler: string, event: unknown = {}): Promise<LogEntry[]> {
  const service = startFunction(fixtureFunction(handler));
  await service.run(event, { requestId });
  await service.close();
  return service.log;
}

describe('the log of a function', () => {
  it('has Lambda’s JSON lines, with request id and level', async () => {
    const lines = (await logOf('index.logs')).flatMap((entry) =>
      entry.type === 'function' ? [entry.line] : [],
    );
    const timestamp: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

    // https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html#nodejs-logging-advanced-JSON
    expect(lines.slice(0, 4).map((line) => JSON.parse(line) as unknown)).toEqual([
      { timestamp, level: 'INFO', requestId, message: { order: 7 } },
      { timestamp, level: 'INFO', requestId, message: '3 orders' },
      { timestamp, level: 'WARN', requestId, message: 'careful' },
      {
        timestamp,
        level: 'ERROR',
        requestId,
        message: {
          errorType: 'OrderError',
          errorMessage: 'broken',
          stackTrace: expect.arrayContaining(['OrderError: broken']) as unknown,
          name: 'OrderError',
        },
      },
    ]);
    expect(lines.slice(4)).toEqual(['raw text\n']);
  });

  it('tells who writes to stdout when that is done', async () => {
    const log = await logOf('index.writesToTheEnd');

    expect(log).toContainEqual({
      type: 'function',
      functionName: 'behaviours-index-writesToTheEnd',
      requestId: 'request-1',
      line: 'foo',
    });
    expect(log.at(-1)).toMatchObject({ type: 'platform.report', status: 'success' });
  });

  it('names the sources in the stack traces of bundles', async () => {
    const codeDirectory = path.join(buildFolder(), 'functions/dynamodb-manager/manage-items');
    const sourceMaps = path.resolve(process.env.CDKTF_OUTDIR!, 'terraform-offline/source-maps');
    const service = startFunction(fixtureFunction('index.handler', { codeDirectory }), { sourceMaps });
    await service.run();
    await service.close();

    const line = JSON.stringify(service.log.find(({ type }) => type === 'function'));
    const thrownAt = readFileSync('functions/shared/env.ts', 'utf8')
      .split('throw new')[0]
      ?.split('\n').length;

    expect(line).toContain('The environment variable');
    expect(line).toContain(`functions/shared/env.ts:${thrownAt}:`);
    expect(line).not.toContain('index.mjs');
  });

  it('begins with START and ends with REPORT', async () => {
    const [start, report, ...rest] = await logOf('index.nothing');

    expect(start).toEqual({
      type: 'platform.start',
      functionName: 'behaviours-index-nothing',
      requestId,
      version: '$LATEST',
    });
    expect(report).toMatchObject({
      type: 'platform.report',
      requestId,
      status: 'success',
      errorType: undefined,
    });
    expect(rest).toEqual([]);
  });

  it('reports durations, memory, and the init duration of a cold start only', async () => {
    const code = `import { setTimeout as sleep } from 'node:timers/promises';
      export const handler = () => sleep(30);`;
    const service = startFunction(writtenFunction({ 'index.mjs': code }));
    await service.run();
    await service.run();
    await service.close();

    const [cold, warm] = service.log.flatMap((entry) =>
      entry.type === 'platform.report' ? [entry.metrics] : [],
    );

    expect(cold?.durationMs).toBeGreaterThanOrEqual(29);
    expect(cold?.initDurationMs).toBeGreaterThan(0);
    expect(cold?.billedDurationMs).toBeGreaterThanOrEqual(Math.ceil(cold?.initDurationMs ?? NaN));
    expect(warm?.billedDurationMs).toBe(Math.ceil(warm?.durationMs ?? NaN));
    expect(warm).toMatchObject({ memorySizeMB: 256, initDurationMs: undefined });
    expect(warm?.maxMemoryUsedMB).toBeGreaterThan(0);
  });

  it.each([
    ['index.throws', 'error', 'OrderError'],
    ['index.exits', 'error', 'Runtime.ExitError'],
  ])('reports that %s failed', async (handler, status, errorType) => {
    expect(await logOf(handler, { code: 1 })).toContainEqual(expect.objectContaining({ status, errorType }));
  });
});
