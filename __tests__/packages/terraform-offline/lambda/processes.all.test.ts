import { statSync } from 'node:fs';
import path from 'node:path';
import type { InvocationResult } from '../../../../packages/terraform-offline/lambda/invoker';
import type { LogEntry } from '../../../../packages/terraform-offline/log/log';
import type { LambdaFunction } from '../../../../packages/terraform-offline/terraform/model/function';
import { manualClock } from '../../../support/clock';
import {
  deleteWritten,
  fixtureFunction,
  gate,
  returned,
  startFunction,
  writtenFunction,
} from '../../../support/lambda';
import { isRunning } from '../../../support/processes';

const requestId = '8f5f5b1e-0000-4000-8000-000000000001';

afterAll(deleteWritten);

/** Invokes a handler of that text once, in a module that has Node's modules by their names. */
async function run(
  handler: string,
  settings: Partial<LambdaFunction> = {},
  files: Readonly<Record<string, string>> = {},
  event: unknown = {},
): Promise<{ result: InvocationResult; log: readonly LogEntry[]; lines: readonly string[] }> {
  // Long enough for a busy machine.
  const fn = writtenFunction(
    { 'index.mjs': moduleOf(handler), ...files },
    { timeoutSeconds: 60, ...settings },
  );
  const service = startFunction(fn);
  const result = await service.run(event, { requestId });
  await service.close();
  const { log } = service;
  return { result, log, lines: log.flatMap((entry) => (entry.type === 'function' ? [entry.line] : [])) };
}

function moduleOf(handler: string): string {
  return `import child_process from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
const require = createRequire(import.meta.url);
export const handler = ${handler};
`;
}

async function value(...parameters: Parameters<typeof run>): Promise<unknown> {
  return returned((await run(...parameters)).result);
}

describe('the process of a function', () => {
  it('starts in the folder of the code, and reads the files beside it', async () => {
    const handler = `() => ({
      greeting: fs.readFileSync('./greeting.txt', 'utf8'),
      isTaskRoot: process.cwd() === process.env.LAMBDA_TASK_ROOT,
    })`;

    expect(await value(handler, {}, { 'greeting.txt': 'hello' })).toEqual({
      greeting: 'hello',
      isTaskRoot: true,
    });
  });

  it('may change its folder', async () => {
    expect(await value(`() => { process.chdir('/'); return process.cwd(); }`)).toBe('/');
  });

  it.each([
    ['Asia/Tokyo', -540],
    [undefined, 0],
  ])('has the time zone %s', async (timeZone, offset) => {
    const variables: Record<string, string> = timeZone === undefined ? {} : { TZ: timeZone };

    expect(await value(`() => new Date(0).getTimezoneOffset()`, { variables })).toBe(offset);
  });

  it('has the options of its NODE_OPTIONS', async () => {
    const variables = { NODE_OPTIONS: '--title=orders --no-deprecation' };

    expect(await value(`() => [process.title, process.noDeprecation]`, { variables })).toEqual([
      'orders',
      true,
    ]);
  });

  it('does not start with options that Node.js does not know, and says what Node.js says', async () => {
    const { result, lines } = await run(`() => 'never'`, { variables: { NODE_OPTIONS: '--no-such-option' } });

    expect(result).toEqual({
      outcome: 'function-error',
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 9`,
      payload: expect.any(String) as unknown,
    });
    expect(lines.join('')).toContain('--no-such-option is not allowed in NODE_OPTIONS');
  });

  it('cannot write beside its code', async () => {
    const taskRoot = `() => process.env.LAMBDA_TASK_ROOT`;
    const service = startFunction(writtenFunction({ 'index.mjs': moduleOf(taskRoot), 'data.txt': '' }));
    const folder = returned(await service.run()) as string;

    for (const name of ['', 'data.txt']) {
      expect(statSync(path.join(folder, name)).mode & 0o222).toBe(0);
    }
    await service.close();
  });

  it('has a trace id per invocation', async () => {
    const fn = writtenFunction({ 'index.mjs': moduleOf(`() => process.env._X_AMZN_TRACE_ID`) });
    const service = startFunction(fn);
    const given = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=557abcec3ee5a047;Sampled=1';

    const first = returned(await service.run());
    const second = returned(await service.run());

    expect(first).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
    expect(second).not.toBe(first);
    expect(returned(await service.run({}, { traceId: given }))).toBe(given);
    await service.close();
  });
});

describe('what a process writes', () => {
  // Loaded once for all ways to write.
  let service: ReturnType<typeof startFunction>;
  beforeAll(() => {
    service = startFunction(
      writtenFunction({ 'index.mjs': moduleOf('async ({ statement }) => { await eval(statement); }') }),
    );
  });
  afterAll(() => service.close());

  it.each([
    ['descriptor 1', `fs.writeSync(1, 'written\\n')`],
    ['descriptor 2', `fs.writeSync(2, 'written\\n')`],
    ['stdout', `process.stdout.write('written\\n')`],
    ['stderr', `process.stderr.write('written\\n')`],
    [
      'the output of a child that inherits it',
      `child_process.execSync('echo written', { stdio: 'inherit' })`,
    ],
  ])('to %s is in the log of the function, before its report', async (_case, statement) => {
    const before = service.log.length;

    await service.run({ statement });

    const log = service.log.slice(before);
    expect(log.map(({ type }) => type)).toEqual(['platform.start', 'function', 'platform.report']);
    expect(log[1]).toMatchObject({ functionName: expect.any(String) as unknown, line: 'written\n' });
  });

  it('is there though the process ends at once', async () => {
    const { lines } = await run(`() => { console.log('last words'); process.exit(1); }`);

    expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(['last words']);
  });

  it('may have no place to go to', async () => {
    const { result, lines } = await run(`() => {
      for (const descriptor of [0, 1, 2]) fs.closeSync(descriptor);
      console.log('heard all the same');
      return 'done';
    }`);

    expect(returned(result)).toBe('done');
    expect(lines.join('')).toContain('heard all the same');
  });

  it('does not hold up what else happens, however much it is', async () => {
    const { result, log } = await run(
      `() => { for (const line = 'x'.repeat(65535) + '\\n'; ; ) fs.writeSync(1, line); }`,
      { timeoutSeconds: 1 },
    );

    expect(result).toMatchObject({ errorType: 'Sandbox.Timedout' });
    const bytes = log.reduce((sum, entry) => sum + ('line' in entry ? entry.line.length : 0), 0);
    expect(bytes).toBeLessThan(128 * 1024 * 1024);
  });

  it('reads nothing from its standard input', async () => {
    expect(await value(`() => fs.readSync(0, Buffer.alloc(10))`)).toBe(0);
  });
});

describe('the memory of a process', () => {
  const buffers = (megabytes: number) => `Buffer.alloc(${megabytes} * 1024 * 1024, 1)`;

  it.each([
    [
      'Buffers that stay',
      `async () => { const held = ${buffers(384)}; await sleep(5000); return held.length; }`,
    ],
    ['Buffers of a moment', `() => ${buffers(384)}.length`],
    [
      'Buffers of a child process',
      `async () => {
        child_process.spawn(process.execPath, ['-e', "const held = ${buffers(384)}; setTimeout(() => held, 5000)"]);
        await sleep(5000);
      }`,
    ],
  ])('may not be more than the function’s: %s', async (_case, handler) => {
    const { result, log } = await run(handler, { memoryMb: 128, timeoutSeconds: 30 });

    expect(result).toMatchObject({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    });
    expect(log.at(-1)).toMatchObject({
      type: 'platform.report',
      status: 'error',
      errorType: 'Runtime.OutOfMemory',
      metrics: { memorySizeMB: 128, maxMemoryUsedMB: 128 },
    });
  });

  it('may be as much as the function’s', async () => {
    const { result, log } = await run(`() => ${buffers(384)}.length`, { memoryMb: 512 });

    expect(returned(result)).toBe(384 * 1024 * 1024);
    const report = log.at(-1);
    const used = report?.type === 'platform.report' ? report.metrics.maxMemoryUsedMB : 0;
    expect(used).toBeGreaterThan(384);
    expect(used).toBeLessThan(512);
  });
});

describe('a function', () => {
  let other: ReturnType<typeof startFunction>;
  beforeAll(() => {
    other = startFunction(fixtureFunction('index.process', { timeoutSeconds: 60 }));
  });
  afterAll(() => other.close());

  const ends = [
    ['process.exit(3)', 'exit status 3'],
    ['process.abort()', 'signal: aborted'],
    [`process.kill(process.pid, 'SIGTERM')`, 'signal: terminated'],
    [`process.kill(process.pid, 'SIGKILL')`, 'signal: killed'],
    [`process.kill(process.ppid, 'SIGKILL')`, 'signal: killed'],
    [`process.kill(process.ppid, 'SIGTERM')`, 'signal: killed'],
    [`process.kill(0, 'SIGKILL')`, 'signal: killed'],
    [`process.kill(-process.ppid, 'SIGKILL')`, 'signal: killed'],
    [`child_process.execSync('kill -9 $PPID')`, 'signal: killed'],
    ['process.reallyExit(4)', 'exit status 4'],
    [`process.stdout.destroy(), process.stderr.destroy(), process.exit(5)`, 'exit status 5'],
  ] as const;

  it.each(ends)('ends neither the server nor another function by %s', async (statement, how) => {
    const before = returned(await other.run());
    const { until, open } = gate();
    const under = other.run({ until });

    const { result } = await run(`async () => { ${statement}; await sleep(10_000); }`);
    open();

    expect(result).toMatchObject({
      outcome: 'function-error',
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: ${how}`,
    });
    expect(returned(await under)).toBe(before);
  });

  it('that stops itself is ended at its timeout', async () => {
    const clock = manualClock();
    const stops = moduleOf(`() => { console.log('about to stop'); process.kill(process.pid, 'SIGSTOP'); }`);
    const service = startFunction(writtenFunction({ 'index.mjs': stops }, { timeoutSeconds: 3 }), { clock });
    const running = service.run();
    await service.until(() => service.log.some(({ type }) => type === 'function'));

    clock.pass(3000);

    expect(await running).toMatchObject({ errorType: 'Sandbox.Timedout' });
    await service.close();
  });

  it('leaves no process behind that it started', async () => {
    const handler = `() => child_process.spawn('/bin/sleep', ['600'], { stdio: 'ignore' }).pid`;
    const child = (await value(handler)) as number;

    expect(isRunning(child)).toBe(false);
  });

  it('answers no events but its own', async () => {
    const handler = `async () => {
      const [host, token] = process.env.AWS_LAMBDA_RUNTIME_API.split('/');
      const post = (path) => new Promise((resolve, reject) => {
        const request = http.request('http://' + host + path, { method: 'POST' }, (response) => {
          response.resume().on('end', () => resolve(response.statusCode));
        });
        request.on('error', reject).end('"forged"');
      });
      return [
        await post('/2018-06-01/runtime/invocation/next'),
        await post('/00000000-0000-4000-8000-000000000000/2018-06-01/runtime/invocation/next'),
        await post('/' + token + '/2018-06-01/runtime/nothing'),
        await post('/' + token + '/2018-06-01/runtime/invocation/another-request/response'),
      ];
    }`;

    // What it says of another request is taken, and changes nothing.
    expect(await value(handler)).toEqual([404, 404, 404, 202]);
  });

  it('may answer more than Lambda passes on without a loss to others', async () => {
    const { result } = await run(`() => 'x'.repeat(30 * 1024 * 1024)`, {
      memoryMb: 512,
      timeoutSeconds: 30,
    });

    expect(result).toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
  });
});
