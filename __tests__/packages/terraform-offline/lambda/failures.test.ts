import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LambdaFunction } from '../../../../packages/terraform-offline/terraform/model/function';
import { manualClock } from '../../../support/clock';
import { fixtureFunction, startFunction } from '../../../support/lambda';

const requestId = '8f5f5b1e-0000-4000-8000-000000000001';

const clock = manualClock();

type Service = ReturnType<typeof startFunction>;

/** @param meanwhile what happens while the function has the event */
async function failureOf(
  fn: LambdaFunction,
  event: unknown = {},
  meanwhile: (service: Service) => void | Promise<void> = () => undefined,
) {
  const service = startFunction(fn, { clock });
  try {
    const running = service.run(event, { requestId });
    await meanwhile(service);
    const result = await running;
    if (result.outcome !== 'function-error') throw new Error(`no failure: ${JSON.stringify(result)}`);
    const error = JSON.parse(result.payload) as Record<string, unknown>;
    expect(result).toMatchObject({ errorType: error.errorType, errorMessage: error.errorMessage });
    return error;
  } finally {
    await service.close();
  }
}

/** Shapes: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html and the Node.js runtime's own source. */
describe('a failing function', () => {
  it('reports what its handler throws, with type, message and trace', async () => {
    const error = await failureOf(fixtureFunction('index.throws'));

    expect(error).toEqual({
      errorType: 'OrderError',
      errorMessage: 'no such order',
      trace: expect.arrayContaining(['OrderError: no such order']) as unknown,
    });
  });

  it('reports a thrown value that is no error by its type', async () => {
    expect(await failureOf(fixtureFunction('index.throwsText'))).toEqual({
      errorType: 'string',
      errorMessage: 'just text',
      trace: [],
    });
  });

  it.each([
    ['an exception outside the handler', 'index.throwsLater', 'OrderError', 'too late'],
    [
      'a rejection nobody handles',
      'index.rejectsUnheard',
      'Runtime.UnhandledPromiseRejection',
      'Error: nobody listens',
    ],
    ['a failed callback', 'index.failsCallback', 'OrderError', 'by callback', 'nodejs22.x'],
    [
      'a result that is not JSON',
      'index.returnsCycle',
      'Runtime.JSONStringifyError',
      'Unable to stringify response body',
    ],
    [
      'a handler that is not exported',
      'index.absent',
      'Runtime.HandlerNotFound',
      'index.absent is undefined or not exported',
    ],
    [
      'a handler that is no function',
      'index.notAFunction',
      'Runtime.HandlerNotFound',
      'index.notAFunction is not a function',
    ],
    [
      'a module that is not there',
      'absent.handler',
      'Runtime.ImportModuleError',
      "Error: Cannot find module 'absent'",
    ],
    [
      'a handler name without a dot',
      'handler',
      'Runtime.MalformedHandlerName',
      "'handler' is not a valid handler name.",
    ],
  ])('reports %s', async (_case, handler, errorType, errorMessage, runtime = 'nodejs24.x') => {
    expect(await failureOf(fixtureFunction(handler, { runtime }))).toMatchObject({ errorType, errorMessage });
  });

  it('reports a callback handler on a runtime without callbacks', async () => {
    expect(await failureOf(fixtureFunction('index.withCallback'))).toMatchObject({
      errorType: 'Runtime.CallbackHandlerDeprecated',
    });
  });

  it.each([
    ['throws while it loads', 'fails-to-load', 'TypeError', /^no configuration$/],
    [
      'requires a package that no layer has',
      'missing-package',
      'Runtime.ImportModuleError',
      /^Error: Cannot find module 'greeting'/,
    ],
  ])('reports a module that %s', async (_case, fixture, errorType, errorMessage) => {
    expect(await failureOf(fixtureFunction('index.handler', { fixture }))).toMatchObject({
      errorType,
      errorMessage: expect.stringMatching(errorMessage) as unknown,
    });
  });

  it('reports a module that is not JavaScript', async () => {
    const codeDirectory = mkdtempSync(path.join(tmpdir(), 'code-'));
    writeFileSync(path.join(codeDirectory, 'index.mjs'), 'export const handler = () => {;');

    expect(await failureOf(fixtureFunction('index.handler', { codeDirectory }))).toMatchObject({
      errorType: 'Runtime.UserCodeSyntaxError',
      errorMessage: expect.stringMatching(/^SyntaxError: /) as unknown,
    });
    rmSync(codeDirectory, { recursive: true });
  });

  it.each([
    ['waits', 'index.sleeps'],
    ['never yields', 'index.hangs'],
  ])('is ended at its timeout when it %s', async (_case, handler) => {
    const isReported = ({ log }: Service) => log.some(({ type }) => type === 'platform.report');
    const fn = fixtureFunction(handler, { timeoutSeconds: 1 });
    const error = await failureOf(fn, {}, async (service) => {
      await service.until(() => service.log.some(({ type }) => type === 'function'));
      clock.pass(999);
      expect(isReported(service)).toBe(false);
      clock.pass(1);
      expect(isReported(service)).toBe(true);
    });

    expect(error).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 1.00 seconds`,
    });
  });

  it.each([
    [1, 'Runtime exited with error: exit status 1'],
    [0, 'Runtime exited without providing a reason'],
  ])('that exits with %d has a Runtime.ExitError', async (code, how) => {
    expect(await failureOf(fixtureFunction('index.exits'), { code })).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: ${how}`,
    });
  });

  it('is killed when it needs more memory than it has', async () => {
    expect(await failureOf(fixtureFunction('index.hoards', { memoryMb: 128, timeoutSeconds: 15 }))).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    });
  });

  it('may return 6,291,556 bytes and no more', async () => {
    const service = startFunction(fixtureFunction('index.returnsBytes'));

    expect(await service.run({ bytes: 6_291_556 })).toMatchObject({ outcome: 'success' });
    expect(await service.run({ bytes: 6_291_557 })).toMatchObject({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    });
    await service.close();
  });
});
