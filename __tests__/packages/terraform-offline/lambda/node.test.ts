import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InvocationResult } from '../../../../packages/terraform-offline/lambda/invoker';
import type { LambdaFunction } from '../../../../packages/terraform-offline/terraform/model/function';
import { deleteWritten, returned, startFunction, writtenFunction } from '../../../support/lambda';

const requestId = '8f5f5b1e-0000-4000-8000-000000000001';

const layers = mkdtempSync(path.join(tmpdir(), 'layers-'));
afterAll(() => {
  deleteWritten();
  rmSync(layers, { recursive: true });
});

/** The folder of a layer with one package in it. */
function layerOf(name: string, files: Readonly<Record<string, string>>): string {
  const layer = mkdtempSync(path.join(layers, 'layer-'));
  const folder = path.join(layer, 'nodejs/node_modules', name);
  mkdirSync(folder, { recursive: true });
  for (const [file, contents] of Object.entries(files)) writeFileSync(path.join(folder, file), contents);
  return layer;
}

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

// https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
describe('the AWS SDK of the runtime', () => {
  const loading = (module: string) =>
    run(`import { createRequire } from 'node:module';
      const loaded = [await import('${module}'), createRequire(import.meta.url)('${module}')];
      export const handler = () => loaded.map((one) => Object.keys(one).includes('PutCommand'));`);

  it('is found by import and require, though the code does not bring it', async () => {
    const { result } = await loading('@aws-sdk/lib-dynamodb');

    expect(returned(result)).toEqual([true, true]);
  });

  it('is that of a layer, where there is one', async () => {
    const { result } = await run(
      `import { createRequire } from 'node:module';
      const { name } = createRequire(import.meta.url)('@aws-sdk/lib-dynamodb');
      export const handler = () => name;`,
      {
        layerDirectories: [
          layerOf('@aws-sdk/lib-dynamodb', { 'index.js': `exports.name = 'of the layer';` }),
        ],
      },
    );

    expect(returned(result)).toBe('of the layer');
  });

  it('is the only thing that is found beside the code', async () => {
    const { result } = await loading('zod');

    expect(JSON.stringify(result)).toContain("Cannot find package 'zod' imported from");
  });

  it('is missed with what to do', async () => {
    const { result } = await loading('@aws-sdk/client-absent');

    expect(JSON.stringify(result)).toContain('npm install @aws-sdk/client-absent in one of them');
  });

  it('is missed by a NODE_PATH that leaves it out, and not by the machine', async () => {
    const code = `import '@aws-sdk/client-absent';\nexport const handler = () => 'loaded';`;
    const { result } = await run(code, { variables: { NODE_PATH: '/opt/nodejs/node_modules' } });

    expect(JSON.stringify(result)).toContain(`which the function's NODE_PATH leaves out`);
    expect(JSON.stringify(result)).not.toContain('npm install');
  });

  it('is missed by require with what to do, too', async () => {
    const fn = writtenFunction({
      'index.cjs': `require('@aws-sdk/client-absent');\nexports.handler = () => 1;`,
    });
    const service = startFunction(fn);
    const result = await service.run();
    await service.close();

    expect(JSON.stringify(result)).toContain('npm install @aws-sdk/client-absent in one of them');
  });
});

// https://aws.amazon.com/blogs/compute/node-js-18-x-runtime-now-available-in-aws-lambda/
describe('packages of a layer', () => {
  const manifest = (exports: unknown) => JSON.stringify({ name: 'tool', type: 'module', exports });

  it.each<[what: string, files: Record<string, string>]>([
    [
      'for import and require alike',
      { 'index.js': `exports.from = 'the layer';`, 'package.json': '{"name":"tool"}' },
    ],
    [
      'with a file for each',
      {
        'package.json': manifest({ import: './import.js', require: './require.cjs' }),
        'import.js': `export const from = 'the layer';`,
        'require.cjs': `exports.from = 'what require gets';`,
      },
    ],
    [
      'for import alone',
      {
        'package.json': manifest({ import: './import.js' }),
        'import.js': `export const from = 'the layer';`,
      },
    ],
  ])('are found by import: one %s', async (_what, files) => {
    const { result } = await run(`import { from } from 'tool';\nexport const handler = () => from;`, {
      layerDirectories: [layerOf('tool', files)],
    });

    expect(returned(result)).toBe('the layer');
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
