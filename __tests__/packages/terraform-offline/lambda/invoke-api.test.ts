import { InvokeCommand, type InvokeCommandInput, LambdaClient } from '@aws-sdk/client-lambda';
import { createInvokeApi } from '../../../../packages/terraform-offline/lambda/invoke-api';
import { createLambda } from '../../../../packages/terraform-offline/lambda/service';
import { listen, type Server } from '../../../../packages/terraform-offline/server/server';
import { send } from '../../../support/http';
import { fixtureFunction } from '../../../support/lambda';

const functions = ['index.echo', 'index.throws', 'index.logs', 'index.nothing'].map((handler) =>
  fixtureFunction(handler),
);
const busy = {
  ...fixtureFunction('index.echo'),
  name: 'busy',
  arn: 'arn:aws:lambda:eu-central-1:000000000000:function:busy',
  reservedConcurrency: 0,
};
const published = { ...fixtureFunction('index.context'), qualifiers: { 1: '1', live: '1' } };
const lambda = createLambda({
  functions: [...functions, published, busy],
  databaseEndpoint: 'http://127.0.0.1:8000',
  credentialsFor: () => ({ accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' }),
  log: () => undefined,
});
const echo = 'behaviours-index-echo';
let server: Server;
let client: LambdaClient;

beforeAll(async () => {
  const answer = createInvokeApi({
    functions: [...functions, published, busy],
    invoke: lambda.invoke,
    invokeAsync: lambda.invokeAsync,
  });
  server = await listen({ host: '127.0.0.1', port: 0, answer, log: () => undefined });
  client = new LambdaClient({
    endpoint: server.url,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await Promise.all([server.close(), lambda.close()]);
});

async function invoke(input: Partial<InvokeCommandInput> = {}) {
  const { Payload, ...output } = await client.send(new InvokeCommand({ FunctionName: echo, ...input }));
  return { ...output, payload: Payload && Buffer.from(Payload).toString() };
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
describe('the Invoke API', () => {
  it.each([
    ['its name', echo],
    ['its name with a version', `${echo}:$LATEST`],
    ['its ARN', `arn:aws:lambda:eu-central-1:000000000000:function:${echo}`],
    ['its partial ARN', `000000000000:function:${echo}`],
  ])('invokes a function by %s', async (_case, FunctionName) => {
    const output = await invoke({ FunctionName, Payload: Buffer.from('{"a":"ü"}') });

    expect(output).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST', payload: '{"a":"ü"}' });
    expect(output.FunctionError).toBeUndefined();
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html
  it.each([
    ['its version', { FunctionName: `${published.name}:1` }, '1', ':1'],
    ['an alias', { FunctionName: `${published.name}:live` }, '1', ':live'],
    ['an alias, as its ARN', { FunctionName: `${published.arn}:live` }, '1', ':live'],
    ['an alias, as a parameter', { FunctionName: published.name, Qualifier: 'live' }, '1', ':live'],
    ['nothing else', { FunctionName: published.name }, '$LATEST', ''],
  ])('invokes a function by %s', async (_case, input, version, suffix) => {
    const { ExecutedVersion, payload } = await invoke(input);

    expect(ExecutedVersion).toBe(version);
    expect(JSON.parse(payload ?? '')).toMatchObject({
      functionVersion: version,
      invokedFunctionArn: published.arn + suffix,
    });
  });

  it('knows no other alias, and says which there are', async () => {
    await expect(invoke({ FunctionName: `${published.name}:next` })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Function not found: ${published.arn}:next; there are 1, $LATEST, live`,
    });
  });

  it('takes no payload for an empty object', async () => {
    expect((await invoke()).payload).toBe('{}');
  });

  it('marks what the function throws', async () => {
    const output = await invoke({ FunctionName: 'behaviours-index-throws' });

    expect(output).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(output.payload ?? '')).toMatchObject({
      errorType: 'OrderError',
      errorMessage: 'no such order',
    });
  });

  it('answers 202 to an event, and 204 to a dry run', async () => {
    expect((await invoke({ InvocationType: 'Event' })).StatusCode).toBe(202);
    expect((await invoke({ InvocationType: 'DryRun' })).StatusCode).toBe(204);
  });

  it('takes events of 1 MB, and answers 413 to larger ones at once', async () => {
    const event = (bytes: number) =>
      ({ InvocationType: 'Event', Payload: Buffer.alloc(bytes, '1') }) as const;

    expect((await invoke(event(1_048_576))).StatusCode).toBe(202);
    await expect(invoke(event(1_048_577))).rejects.toMatchObject({
      name: 'RequestTooLargeException',
      $metadata: { httpStatusCode: 413 },
    });
  });

  it.each<[origin: string, status: number]>([
    ['http://evil.example', 403],
    ['http://localhost:8080', 403],
    ['null', 403],
    ['its own', 200],
  ])('takes invocations from no page of another site: %s → %i', async (origin, status) => {
    const answered = await send(server.url, `/2015-03-31/functions/${echo}/invocations`, {
      method: 'POST',
      // What a page may send without a preflight.
      headers: { Origin: origin === 'its own' ? server.url : origin, 'Content-Type': 'text/plain' },
      body: '{}',
    });
    expect(answered.status).toBe(status);
  });

  it('gives back the log when asked for it', async () => {
    const output = await invoke({ FunctionName: 'behaviours-index-logs', LogType: 'Tail' });
    const log = Buffer.from(output.LogResult ?? '', 'base64').toString();

    expect(log).toContain('"type":"platform.start"');
    expect(log).toContain('"message":{"order":7}');
    expect(log).toContain('"type":"platform.report"');
    expect((await invoke()).LogResult).toBeUndefined();
  });

  it.each<[name: string, status: number, input: Partial<InvokeCommandInput>]>([
    ['ResourceNotFoundException', 404, { FunctionName: 'absent' }],
    ['ResourceNotFoundException', 404, { Qualifier: '7' }],
    ['InvalidRequestContentException', 400, { Payload: Buffer.from('{') }],
    ['RequestTooLargeException', 413, { Payload: Buffer.alloc(6_291_557, '1') }],
    ['TooManyRequestsException', 429, { FunctionName: 'busy' }],
  ])('answers %s (%d)', async (name, status, input) => {
    await expect(invoke(input)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: status } });
  });

  it('names the functions there are when one is unknown', async () => {
    await expect(invoke({ FunctionName: 'absent' })).rejects.toThrow(
      /^Function not found: absent; there are .*behaviours-index-echo/,
    );
  });

  it.each([
    ['GET', `/2015-03-31/functions/${echo}/invocations`],
    ['POST', `/2015-03-31/functions/${echo}/versions`],
  ])('knows no %s %s', async (method, path) => {
    expect((await send(server.url, path, { method })).headers).toMatchObject({
      'x-amzn-errortype': 'UnknownOperationException',
    });
  });
});
