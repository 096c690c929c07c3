import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fixtureFunction, returned, startFunction } from '../../../support/lambda';

describe('the environment of a function', () => {
  it('is exactly what Lambda gives it, and nothing of this process', async () => {
    const fn = fixtureFunction('index.environment', { variables: { TABLE_NAME: 'orders' } });
    const service = startFunction(fn);

    const {
      LAMBDA_TASK_ROOT: taskRoot = '',
      LAMBDA_RUNTIME_DIR: runtimeRoot = '',
      ...environment
    } = returned(await service.run()) as Record<string, string>;
    const optRoot = environment.PATH === undefined ? '' : (environment.NODE_PATH?.split('/nodejs/')[0] ?? '');

    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
    expect(environment).toEqual({
      TABLE_NAME: 'orders',
      _HANDLER: 'index.environment',
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_LAMBDA_FUNCTION_NAME: fn.name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: fn.logGroup,
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringContaining('[$LATEST]') as unknown,
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: 'INFO',
      AWS_LAMBDA_RUNTIME_API: expect.stringMatching(/^127\.0\.0\.1:\d+\//) as unknown,
      _X_AMZN_TRACE_ID: expect.stringMatching(
        /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/,
      ) as unknown,
      AWS_ACCESS_KEY_ID: `key of ${fn.role.name}`,
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000',
      AWS_ENDPOINT_URL_DYNAMODB_STREAMS: 'http://127.0.0.1:8000',
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
      PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
      LD_LIBRARY_PATH: `/var/lang/lib:/lib64:/usr/lib64:${runtimeRoot}:${runtimeRoot}/lib:${taskRoot}:${taskRoot}/lib:${optRoot}/lib`,
      NODE_PATH: `${optRoot}/nodejs/node24/node_modules:${optRoot}/nodejs/node_modules:${runtimeRoot}/node_modules:${runtimeRoot}:${taskRoot}`,
    });
    // Outside the project, whose own packages no function finds in Lambda.
    for (const root of [taskRoot, runtimeRoot]) expect(root.startsWith(realpathSync(tmpdir()))).toBe(true);
    // All of the project's that NODE_PATH leads to.
    expect(readdirSync(path.join(runtimeRoot, 'node_modules'))).toEqual(['@aws-sdk', '@smithy']);
    await service.close();
  });

  it('lead by a NODE_PATH of the function’s own where it leads in Lambda', async () => {
    const NODE_PATH = '/opt/lib:/var/runtime/node_modules:/var/task:/optional:.';
    const service = startFunction(fixtureFunction('index.environment', { variables: { NODE_PATH } }));

    const environment = returned(await service.run()) as Record<string, string>;
    await service.close();
    const { LAMBDA_TASK_ROOT: taskRoot, LAMBDA_RUNTIME_DIR: runtimeRoot, LD_LIBRARY_PATH = '' } = environment;
    const optRoot = path.dirname(LD_LIBRARY_PATH.split(':').at(-1) ?? '');
    expect(environment.NODE_PATH).toBe(`${optRoot}/lib:${runtimeRoot}/node_modules:${taskRoot}:/optional:.`);
  });

  it('have the NODE_PATH of Lambda where the function’s own is empty', async () => {
    const service = startFunction(fixtureFunction('index.environment', { variables: { NODE_PATH: '' } }));

    const { NODE_PATH } = returned(await service.run()) as Record<string, string>;
    await service.close();
    expect(NODE_PATH).toMatch(/\/nodejs\/node24\/node_modules:.*\/nodejs\/node_modules:/);
  });

  it('say where services are that are not here, unless the function does', async () => {
    const endpoints = {
      url: 'http://127.0.0.1:3000',
      services: { sqs: 'http://sqs', secretsmanager: 'http://s' },
    };
    const variables = { AWS_ENDPOINT_URL_SQS: 'http://own' };
    const service = startFunction(fixtureFunction('index.environment', { variables }), { endpoints });

    expect(returned(await service.run())).toMatchObject({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:3000/_aws/behaviours-index-environment',
      AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:3000',
      AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://s',
      AWS_ENDPOINT_URL_SQS: 'http://own',
      AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000',
    });
    await service.close();
  });

  it('lead to the local cloud where they say where the keys of an issuer are', async () => {
    const endpoints = { url: 'http://127.0.0.1:3000', services: {} };
    const variables = {
      ISSUER: 'https://login.example.com/',
      OPENID_CONFIGURATION: 'https://login.example.com/.well-known/openid-configuration',
      JWKS_URI: 'https://login.example.com:8443/realms/one/.well-known/jwks.json',
      SEVERAL: '["https://a.example/.well-known/jwks.json","https://b.example/.well-known/jwks.json"]',
      ELSEWHERE: 'https://login.example.com/.well-known/jwks.json5',
      OWN: 'http://127.0.0.1:8080/.well-known/jwks.json',
    };
    const service = startFunction(fixtureFunction('index.environment', { variables }), { endpoints });
    const here = 'http://127.0.0.1:3000/_issuers';

    expect(returned(await service.run())).toMatchObject({
      ISSUER: variables.ISSUER,
      OPENID_CONFIGURATION: `${here}/login.example.com/.well-known/openid-configuration`,
      JWKS_URI: `${here}/login.example.com:8443/realms/one/.well-known/jwks.json`,
      SEVERAL: `["${here}/a.example/.well-known/jwks.json","${here}/b.example/.well-known/jwks.json"]`,
      ELSEWHERE: variables.ELSEWHERE,
      OWN: variables.OWN,
    });
    await service.close();
  });

  it('lets no declared variable replace a reserved one', async () => {
    const variables = { AWS_REGION: 'moon', TZ: 'Europe/Berlin' };
    const service = startFunction(fixtureFunction('index.environment', { variables }));

    expect(returned(await service.run())).toMatchObject({ AWS_REGION: 'eu-central-1', TZ: 'Europe/Berlin' });
    await service.close();
  });
});

describe('layers', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'layers-'));

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function layer(name: string, nodeFolder: string, greeting: string): string {
    const root = path.join(folder, name);
    const module = path.join(root, 'nodejs', nodeFolder, 'greeting');
    mkdirSync(module, { recursive: true });
    writeFileSync(path.join(module, 'index.js'), `exports.greeting = '${greeting}';`);
    return root;
  }

  it.each([
    ['from nodejs/node_modules', [layer('one', 'node_modules', 'one')], 'one'],
    [
      'from the runtime’s own folder first',
      [layer('any', 'node_modules', 'any'), layer('node24', 'node24/node_modules', 'node24')],
      'node24',
    ],
    [
      'the last one winning',
      [layer('old', 'node_modules', 'old'), layer('new', 'node_modules', 'new')],
      'new',
    ],
  ])('are found %s', async (_case, layerDirectories, greeting) => {
    const fn = fixtureFunction('index.handler', { fixture: 'missing-package', layerDirectories });
    const service = startFunction(fn);

    expect(returned(await service.run())).toBe(greeting);
    await service.close();
  });
});
