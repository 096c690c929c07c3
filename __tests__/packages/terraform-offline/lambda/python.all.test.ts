import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LambdaFunction } from '../../../../packages/terraform-offline/terraform/model/function';
import { fixtureFunction, returned, startFunction } from '../../../support/lambda';

const requestId = '8f5f5b1e-0000-4000-8000-000000000001';

function pythonFunction(handler: string, settings: Partial<LambdaFunction> = {}): LambdaFunction {
  return fixtureFunction(`index.${handler}`, { fixture: 'python', runtime: 'python3.12', ...settings });
}

async function run(fn: LambdaFunction, event: unknown = {}) {
  const service = startFunction(fn);
  const result = await service.run(event, { requestId });
  await service.close();
  return { result, log: service.log };
}

describe('a Python function', () => {
  it.each([{ a: [1, null, 'ü'] }, 'text', null, 1.5])('hands %j to the handler and back', async (event) => {
    const { result } = await run(pythonFunction('echo'), event);

    expect(returned(result)).toEqual(event);
  });

  it('gives back DynamoDB’s numbers as numbers', async () => {
    const { result } = await run(pythonFunction('total'));

    expect(returned(result)).toEqual({ total: 12.5 });
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
  it('gives the handler the documented context', async () => {
    const fn = pythonFunction('context');
    const { result } = await run(fn);

    const { remaining, ...context } = returned(result) as { remaining: number };
    expect(context).toEqual({
      aws_request_id: requestId,
      invoked_function_arn: fn.arn,
      function_name: fn.name,
      function_version: '$LATEST',
      memory_limit_in_mb: '256',
      log_group_name: fn.logGroup,
      log_stream_name: expect.stringContaining('[$LATEST]') as unknown,
    });
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(5000);
  });

  it('has no variable of this process, and starts where its code is', async () => {
    const environment = returned((await run(pythonFunction('environment'))).result) as object;

    expect(environment).toMatchObject({ AWS_EXECUTION_ENV: 'AWS_Lambda_python3.12', TZ: ':UTC' });
    expect(Object.keys(environment)).not.toContain('HOME');
    expect(Object.keys(environment)).not.toContain('NODE_PATH');
    expect(returned((await run(pythonFunction('reads'))).result)).toBe('hello from a file');
  });

  it.each([
    [
      'what its handler raises',
      'raises',
      { errorType: 'OrderError', errorMessage: 'no such order', requestId },
      / File ".*\/index.py", line \d+, in raises\n {4}raise OrderError\("no such order"\)\n/,
    ],
    [
      'a result that is not JSON',
      'returns_set',
      {
        errorType: 'Runtime.MarshalError',
        errorMessage: 'Unable to marshal response: Object of type set is not JSON serializable',
      },
    ],
    [
      'a handler that is not there',
      'absent',
      { errorType: 'Runtime.HandlerNotFound', errorMessage: "Handler 'absent' missing on module 'index'" },
    ],
  ])('reports %s', async (_case, handler, error, trace = /^$/) => {
    const { result } = await run(pythonFunction(handler));

    expect(result).toMatchObject({ outcome: 'function-error', errorType: error.errorType });
    const { stackTrace, ...told } = JSON.parse('payload' in result ? result.payload : '') as {
      stackTrace: string[];
    };
    expect(told).toMatchObject(error);
    expect(stackTrace.join('')).toMatch(trace);
  });

  it.each([
    [
      'Runtime.ImportModuleError',
      "Unable to import module 'absent': No module named 'absent'",
      'absent.handler',
    ],
    [
      'Runtime.MalformedHandlerName',
      "Bad handler 'handler': not enough values to unpack (expected 2, got 1)",
      'handler',
    ],
  ])('fails to load with %s', async (errorType, errorMessage, handler) => {
    const { result } = await run(pythonFunction('echo', { handler }));

    expect(result).toMatchObject({ errorType, errorMessage });
  });

  it('is ended at its timeout, and may exit', async () => {
    const sleeps = await run(pythonFunction('sleeps', { timeoutSeconds: 1 }));
    const exits = await run(pythonFunction('exits'), { code: 3 });

    expect(sleeps.result).toMatchObject({ errorType: 'Sandbox.Timedout' });
    expect(exits.result).toMatchObject({
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status 3`,
    });
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
describe('the log of a Python function', () => {
  const linesOf = async (settings: Partial<LambdaFunction>) =>
    (await run(pythonFunction('logs', settings))).log.flatMap((entry) =>
      entry.type === 'function' ? [entry.line] : [],
    );

  it('has text lines, with the level that Python has by default', async () => {
    const lines = await linesOf({ logFormat: 'Text' });

    expect(lines).toContain('raw text\n');
    const [careful, failed, ...rest] = lines.filter((line) => line.startsWith('['));
    const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
    expect(careful).toMatch(new RegExp(`^\\[WARNING\\]\\t${time}\\t${requestId}\\tcareful\\n$`));
    expect(failed).toMatch(
      new RegExp(`^\\[ERROR\\]\\t${time}\\t${requestId}\\tfailed\\nTraceback [^]*OrderError: broken\\n$`),
    );
    expect(rest).toEqual([]);
  });

  it('has JSON lines of the level that the function asks for', async () => {
    const lines = (await linesOf({ logFormat: 'JSON', applicationLogLevel: 'ERROR' })).filter((line) =>
      line.startsWith('{'),
    );

    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
        level: 'ERROR',
        message: 'failed',
        logger: 'orders',
        stackTrace: [expect.stringContaining('in logs') as unknown],
        errorType: 'OrderError',
        errorMessage: 'broken',
        location: expect.stringMatching(/index\.py:logs:\d+$/) as unknown,
        requestId,
        order: 7,
      },
    ]);
  });
});

describe('the modules of a Python function', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'python-layer-'));

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('are those of its layers, and nothing that happens to be installed here', async () => {
    mkdirSync(path.join(folder, 'python'));
    writeFileSync(path.join(folder, 'python/greeting.py'), '');
    const imports = (module: string) =>
      run(pythonFunction('imports', { layerDirectories: [folder] }), { module });

    expect(returned((await imports('greeting')).result)).toBe('greeting');
    expect((await imports('pip')).result).toMatchObject({ errorMessage: "No module named 'pip'" });
    const found = returned((await run(pythonFunction('path'))).result) as string[];
    expect(found.filter((one) => one.endsWith('-packages') && !one.includes('/python/lib/'))).toEqual([]);
  });

  it('are the AWS SDK where this machine has it', async () => {
    const { result } = await run(pythonFunction('imports'), { module: 'boto3' });

    // Where it has not, the error is the one below.
    if (result.outcome === 'success') expect(returned(result)).toBe('boto3');
    else expect(result).toMatchObject({ errorMessage: expect.stringMatching(MISSING_SDK) as unknown });
  });

  it('lack the AWS SDK where this machine has none, and the error says so', () => {
    const client = path.resolve('packages/terraform-offline/lambda/runtimes/python');
    const program = [
      'import sys',
      `sys.path.append(${JSON.stringify(client)})`,
      'from module_path import set_module_path',
      "set_module_path('/var/task', '/opt', [])",
      'import boto3',
    ].join('\n');

    const { stderr } = spawnSync('python3', ['-S', '-B', '-c', program], { encoding: 'utf8' });

    expect(stderr.trim().split('\n').at(-1)?.replace('ModuleNotFoundError: ', '')).toMatch(MISSING_SDK);
  });
});

const MISSING_SDK =
  /^No module named 'boto3': Lambda's Python has it, the Python here, .*, has not: pip install boto3/;
