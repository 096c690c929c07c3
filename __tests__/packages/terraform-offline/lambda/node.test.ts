import type { InvocationResult } from '../../../../packages/terraform-offline/lambda/invoker';
import type { LambdaFunction } from '../../../../packages/terraform-offline/terraform/model/function';
import { deleteWritten, returned, startFunction, writtenFunction } from '../../../support/lambda';

const requestId = '8f5f5b1e-0000-4000-8000-000000000001';

afterAll(deleteWritten);

async function run(
  code: string,
  settings: Partial<LambdaFunction> = {},
): Promise<{ result: InvocationResult; lines: readonly string[] }> {
  const service = startFunction(writtenFunction({ 'index.mjs': code }, settings));
  const result = await service.run({ order: 7 }, { requestId });
  await service.close();
  return {
    result,
    lines: service.log.flatMap((entry) => (entry.type === 'function' ? [entry.line] : [])),
  };
}

const allLevels = `export const handler = () => {
  for (const level of ['trace', 'debug', 'info', 'log', 'warn', 'error', 'fatal']) console[level](level);
};`;

const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;

// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
describe('the console', () => {
  it('writes text, without a filter, where the function has no logging_config', async () => {
    const { lines } = await run(allLevels, { logFormat: undefined });

    expect(lines.map((line) => line.replace(new RegExp(`^${time}\t${requestId}\t`), ''))).toEqual([
      'TRACE\ttrace\n',
      'DEBUG\tdebug\n',
      'INFO\tinfo\n',
      'INFO\tlog\n',
      'WARN\twarn\n',
      'ERROR\terror\n',
      'FATAL\tfatal\n',
    ]);
  });

  it('writes a message of several lines as one', async () => {
    const { lines } = await run(
      `export const handler = () => { console.log('%s\\n%j', 'one', { two: 2 }); };`,
      {
        logFormat: 'Text',
      },
    );

    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^${time}\t${requestId}\tINFO\tone\n{"two":2}\n$`)),
    ]);
  });

  it('tells in text what the handler throws', async () => {
    const { lines } = await run(`export const handler = () => { throw new TypeError('broken'); };`, {
      logFormat: 'Text',
    });

    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${time}\t${requestId}\tERROR\tInvoke Error \t{"errorType":"TypeError","errorMessage":"broken","stack":\\["TypeError: broken","    at `,
        ),
      ),
    ]);
  });

  it.each([
    [undefined, ['INFO', 'INFO', 'WARN', 'ERROR', 'FATAL']],
    ['TRACE', ['TRACE', 'DEBUG', 'INFO', 'INFO', 'WARN', 'ERROR', 'FATAL']],
    ['DEBUG', ['DEBUG', 'INFO', 'INFO', 'WARN', 'ERROR', 'FATAL']],
    ['WARN', ['WARN', 'ERROR', 'FATAL']],
    ['FATAL', ['FATAL']],
  ] as const)('writes JSON of the level %s and above', async (applicationLogLevel, levels) => {
    const { lines } = await run(allLevels, { logFormat: 'JSON', applicationLogLevel });

    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(levels);
  });

  it('says its level to the function', async () => {
    const code = `export const handler = () => [process.env.AWS_LAMBDA_LOG_FORMAT, process.env.AWS_LAMBDA_LOG_LEVEL];`;

    const json = await run(code, { logFormat: 'JSON', applicationLogLevel: 'WARN' });
    const text = await run(code, { logFormat: 'Text', applicationLogLevel: 'WARN' });

    expect(returned(json.result)).toEqual(['JSON', 'WARN']);
    expect(returned(text.result)).toEqual(['Text', null]);
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
describe('system logs', () => {
  it.each([
    [undefined, 'null', ['platform.start', 'platform.report']],
    ['INFO', 'null', ['platform.start', 'platform.report']],
    ['WARN', 'null', []],
    ['WARN', 'process.exit(1)', ['platform.report']],
  ] as const)('of the level %s for a handler that does %s', async (systemLogLevel, expression, types) => {
    const fn = writtenFunction(
      { 'index.mjs': `export const handler = () => ${expression};` },
      { systemLogLevel },
    );
    const service = startFunction(fn);
    await service.run();
    await service.close();

    expect(service.log.map(({ type }) => type)).toEqual(types);
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html
describe('a streaming handler', () => {
  it('answers all that it wrote', async () => {
    const { result } = await run(`
      import { setTimeout as sleep } from 'node:timers/promises';
      export const handler = awslambda.streamifyResponse(async ({ order }, stream, { awsRequestId }) => {
        stream.setContentType('application/json');
        stream.write('{"order":' + order);
        await sleep(10);
        stream.end(',"requestId":"' + awsRequestId + '"}');
      });`);

    expect(returned(result)).toEqual({ order: 7, requestId });
  });

  it('may write status and headers first', async () => {
    const { result } = await run(`
      export const handler = awslambda.streamifyResponse(async (_event, stream) => {
        const answer = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
        answer.end('created');
      });`);

    expect(result).toEqual({ outcome: 'success', payload: `{"statusCode":201}${'\0'.repeat(8)}created` });
  });

  it('fails with what it throws', async () => {
    const { result } = await run(
      `export const handler = awslambda.streamifyResponse(async () => { throw new TypeError('broken'); });`,
    );

    expect(result).toMatchObject({ errorType: 'TypeError', errorMessage: 'broken' });
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
describe('callbacks', () => {
  const nodejs22: Partial<LambdaFunction> = { runtime: 'nodejs22.x' };
  // Loaded once for all statements.
  const code = `export const handler = ({ statement, ...event }, context, callback) => { eval(statement); };`;
  let service: ReturnType<typeof startFunction>;
  beforeAll(() => {
    service = startFunction(writtenFunction({ 'index.mjs': code }, nodejs22));
  });
  afterAll(() => service.close());

  it.each([
    ['callback(null, event)', { order: 7 }],
    ['setTimeout(() => callback(undefined, 1), 5)', 1],
    ['context.succeed(event)', { order: 7 }],
    ['context.done(null, 2)', 2],
    ['', null],
    ['setTimeout(() => undefined, 20)', null],
    ['callback(null, 1); callback(null, 2)', 1],
  ])('answer up to nodejs22.x: %s', async (statement, expected) => {
    expect(returned(await service.run({ order: 7, statement }))).toEqual(expected);
  });

  it('answer before nothing is left to run, when the context says so', async () => {
    const code = `export const handler = (event, context, callback) => {
      context.callbackWaitsForEmptyEventLoop = false;
      setInterval(() => undefined, 60_000);
      callback(null, 3);
    };`;

    expect(returned((await run(code, nodejs22)).result)).toBe(3);
  });

  it.each([
    [`callback(new TypeError('broken'))`, 'TypeError', 'broken'],
    [`callback('just text')`, 'string', 'just text'],
    [`context.fail(new TypeError('broken'))`, 'TypeError', 'broken'],
    [`context.done(new TypeError('broken'))`, 'TypeError', 'broken'],
  ])('fail up to nodejs22.x: %s', async (statement, errorType, errorMessage) => {
    expect(await service.run({ statement })).toMatchObject({ errorType, errorMessage });
  });

  it('are not waited for beside a promise', async () => {
    const code = `export const handler = async (event, context, callback) => 'returned';`;

    expect(returned((await run(code, nodejs22)).result)).toBe('returned');
  });

  it('keep the environment until nothing is left to run', async () => {
    const code = `let isDone = true;
      export const handler = (event, context, callback) => {
        const wasDone = isDone;
        isDone = false;
        setTimeout(() => { isDone = true; }, 300);
        callback(null, wasDone);
      };`;
    const service = startFunction(
      writtenFunction({ 'index.mjs': code }, { ...nodejs22, reservedConcurrency: 1 }),
    );

    expect([returned(await service.run()), returned(await service.run())]).toEqual([true, true]);
    await service.close();
  });

  it('are no more from nodejs24.x on', async () => {
    const { result } = await run(code, { runtime: 'nodejs24.x' });
    const context = await run(
      `export const handler = async (_event, context) => Object.keys(context).filter((name) => /succeed|fail|done|callback/.test(name));`,
      { runtime: 'nodejs24.x' },
    );

    expect(result).toMatchObject({
      errorType: 'Runtime.CallbackHandlerDeprecated',
      errorMessage: expect.stringContaining(
        'AWS Lambda has removed support for callback-based function handlers',
      ) as unknown,
    });
    expect(returned(context.result)).toEqual([]);
  });
});

describe('versions and aliases', () => {
  const code = `export const handler = (_event, { functionVersion, invokedFunctionArn }) => ({
    functionVersion, invokedFunctionArn, variable: process.env.AWS_LAMBDA_FUNCTION_VERSION });`;

  it('are told to the function', async () => {
    const fn = writtenFunction({ 'index.mjs': code }, { qualifiers: { live: '3', '3': '3' } });
    const service = startFunction(fn);
    const invoked = async (qualifier: string) => service.run({}, { functionArn: `${fn.arn}${qualifier}` });

    for (const [qualifier, version] of [
      ['', '$LATEST'],
      [':$LATEST', '$LATEST'],
      [':live', '3'],
      [':3', '3'],
    ] as const) {
      expect(returned(await invoked(qualifier))).toEqual({
        functionVersion: version,
        invokedFunctionArn: `${fn.arn}${qualifier}`,
        variable: version,
      });
    }
    expect(await invoked(':old')).toMatchObject({ outcome: 'refused', reason: 'not-found' });
    expect(service.log).toContainEqual(expect.objectContaining({ type: 'platform.start', version: '3' }));
    await service.close();
  });
});

describe('the garbage collector', () => {
  it('is called by gc(), which stands there from the start', async () => {
    const { result } = await run(`const isThere = 'gc' in globalThis;
    export const handler = async () => {
      const weak = new WeakRef({ large: new Array(1000) });
      await new Promise(setImmediate);
      gc();
      return [isThere, typeof gc, weak.deref() === undefined];
    };`);

    expect(returned(result)).toEqual([true, 'function', true]);
  });

  it('is replaced where a function has its own gc', async () => {
    const { result } = await run(`gc = () => 'my own';\nexport const handler = async () => gc();`);

    expect(returned(result)).toBe('my own');
  });
});
