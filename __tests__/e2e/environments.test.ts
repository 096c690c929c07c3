import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Checkout } from '../support/checkout';
import { killLaunched, Launched } from './support/launched';

const checkout = new Checkout();

afterAll(() => {
  killLaunched();
  checkout.remove();
});

const post = (body: unknown) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

/** Synthesizes an environment in the checkout and serves it. Returns its URL. */
async function started(environment: string): Promise<string> {
  process.env.ENVIRONMENT = environment;
  expect(await checkout.run('tools/synth.ts')).toMatchObject({ code: 0 });
  const env = { ...process.env, CDKTF_OUTDIR: path.join(checkout.root, 'cdktf.out') };
  return new Launched(['--port', '0', '--in-memory'], { env }).ready();
}

describe('staging as it stands', () => {
  let url: string | undefined;

  it.each([
    ['data-api/prod/data', { data: 1 }],
    ['items-api/items', { name: 'Lamp', price: 12.5 }],
    ['dynamodb-manager/prod/DynamoDBManager', { operation: 'ping' }],
    ['order-api/prod/order', { operation: 'ping' }],
  ])('lets nobody in who has signed nothing: POST %s', async (route, body) => {
    url ??= await started('staging');
    const { status } = await fetch(`${url}/${route}`, post(body));
    expect(status).toBe(403);
  });
});

describe.each(['staging', 'production'])('npm start in an open %s', (environment) => {
  let url: string;

  beforeAll(async () => {
    // Nobody here signs requests.
    const source = readFileSync(path.join(checkout.root, 'stacks/environment.ts'), 'utf8');
    const open = "authorization: { '*': 'none' }, allowPublic: ['*'], ";
    checkout.write(
      'stacks/environment.ts',
      source.replaceAll('restApiLogs: true', `${open}restApiLogs: true`),
    );
    url = await started(environment);
  });
  afterAll(() => {
    checkout.restore();
  });

  it.each<[path: string, body: unknown, status: number]>([
    ['data-api/prod/data', { data: 1 }, 201],
    ['items-api/items', { name: 'Lamp', price: 12.5 }, 201],
    // By their logical names, which are the same in every environment.
    [
      'dynamodb-manager/prod/DynamoDBManager',
      { operation: 'create', tableName: 'lambda-apigateway', payload: { Item: { id: '1' } } },
      200,
    ],
    ['order-api/prod/order', { operation: 'list', tableName: 'order-microservice-db', payload: {} }, 200],
  ])('serves POST %s', async (route, body, status) => {
    const answered = await fetch(`${url}/${route}`, post(body));
    expect([answered.status, await answered.text()]).toEqual([status, expect.anything()]);
  });

  it('answers the function by its name there, and by the alias', async () => {
    for (const qualifier of ['', ':live']) {
      const name = `LambdaFunctionOverHttps-${environment}${qualifier}`;
      const invocations = `${url}/2015-03-31/functions/${name}/invocations`;
      const answered = await fetch(invocations, post({ operation: 'ping' }));
      expect(await answered.json()).toBe('pong');
    }
  });
});
