import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Invocation, InvocationResult } from '../../packages/terraform-offline/lambda/invoker';
import { createLambda, type LambdaOptions } from '../../packages/terraform-offline/lambda/service';
import type { LogEntry } from '../../packages/terraform-offline/log/log';
import type { LambdaFunction } from '../../packages/terraform-offline/terraform/model/function';

const FIXTURES = path.join(__dirname, '../fixtures/functions');

/** A function of `__tests__/fixtures/functions/<fixture>`. */
export function fixtureFunction(
  handler: string,
  { fixture = 'behaviours', ...settings }: Partial<LambdaFunction> & { fixture?: string } = {},
): LambdaFunction {
  const name = `${fixture}-${handler.replaceAll('.', '-')}`;
  return {
    name,
    arn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
    handler,
    runtime: 'nodejs24.x',
    codeDirectory: path.join(FIXTURES, fixture),
    layerDirectories: [],
    variables: {},
    timeoutSeconds: 5,
    memoryMb: 256,
    reservedConcurrency: undefined,
    logGroup: `/aws/lambda/${name}`,
    logFormat: 'JSON',
    role: { name: `${name}-role`, arn: `arn:aws:iam::000000000000:role/${name}-role`, policies: [] },
    permissions: [],
    ...settings,
  };
}

/**
 * A function of files by their names, handled by `index.handler`.
 * @param files such as `index.mjs`
 */
export function writtenFunction(
  files: Readonly<Record<string, string>>,
  settings: Partial<LambdaFunction> = {},
): LambdaFunction {
  const codeDirectory = mkdtempSync(path.join(tmpdir(), 'function-'));
  written.push(codeDirectory);
  for (const [name, contents] of Object.entries(files))
    writeFileSync(path.join(codeDirectory, name), contents);
  return fixtureFunction('index.handler', {
    fixture: path.basename(codeDirectory),
    codeDirectory,
    ...settings,
  });
}

const written: string[] = [];

/** Deletes what `writtenFunction` and `gate` wrote. */
export function deleteWritten(): void {
  for (const folder of written.splice(0)) rmSync(folder, { recursive: true });
}

/** What holds up the handlers that are told to wait `until` there is this file. */
export function gate(): { readonly until: string; readonly open: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'gate-'));
  written.push(folder);
  const until = path.join(folder, 'open');
  return {
    until,
    open() {
      writeFileSync(until, '');
    },
  };
}

/** A Lambda service with that one function, and what it logged. */
export function startFunction(fn: LambdaFunction, options: Partial<LambdaOptions> = {}) {
  const log: LogEntry[] = [];
  const logged = new EventEmitter();
  let environments = 0;
  const lambda = createLambda({
    functions: [fn],
    databaseEndpoint: 'http://127.0.0.1:8000',
    credentialsFor: ({ name }) => {
      environments += 1;
      return { accessKeyId: `key of ${name}`, secretAccessKey: 'secret', sessionToken: 'token' };
    },
    log: (entry) => {
      log.push(entry);
      logged.emit('entry');
    },
    ...options,
  });
  return {
    ...lambda,
    log,
    /** How many execution environments were started: each is given credentials. */
    environments: () => environments,
    /** Waits until what was logged is such. */
    until: async (condition: () => boolean) => {
      while (!condition()) await once(logged, 'entry');
    },
    /** How many events have begun to be handled. */
    begun: () => log.filter(({ type }) => type === 'platform.start').length,
    run: (event: unknown = {}, invocation: Partial<Invocation> = {}): Promise<InvocationResult> =>
      lambda.invoke({ functionArn: fn.arn, payload: JSON.stringify(event), ...invocation }),
  };
}

/** What the handler returned. Throws when it did not return. */
export function returned(result: InvocationResult): unknown {
  if (result.outcome !== 'success') throw new Error(`the function did not return: ${JSON.stringify(result)}`);
  return JSON.parse(result.payload);
}
