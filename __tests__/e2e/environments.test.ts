import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { type Cloud, serve } from 'terraform-offline';
import { environment } from '../../stacks/environment';
import { synthesize } from '../../tools/build/synthesize';
import { outputFolder, thisProject } from '../../tools/project-root';
import { serveSystems } from '../support/serve-systems';

const post = (body: unknown) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

describe('staging as it stands', () => {
  // Where the app finds its packages.
  const folder = mkdtempSync(path.join(path.dirname(outputFolder()), 'staging-'));
  let cloud: Cloud;

  beforeAll(async () => {
    const project = {
      ...thisProject(),
      buildFolder: path.join(folder, 'build'),
      outputFolder: path.join(folder, 'cdktf.out'),
    };
    cpSync(thisProject().buildFolder, project.buildFolder, { recursive: true });
    process.env.ENVIRONMENT = 'staging';
    await synthesize(project, build);
    cloud = await serve({ folder: project.outputFolder });
  });
  afterAll(async () => {
    delete process.env.ENVIRONMENT;
    await cloud.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['data-api/prod/data', { data: 1 }],
    ['items-api/items', { name: 'Lamp', price: 12.5 }],
    ['dynamodb-manager/prod/DynamoDBManager', { operation: 'ping' }],
    ['order-api/prod/order', { operation: 'ping' }],
  ])('lets nobody in who has signed nothing: POST %s', async (route, body) => {
    const { status } = await fetch(`${cloud.url}/${route}`, post(body));
    expect(status).toBe(403);
  });
});

describe.each(['staging', 'production'])('an open %s', (name) => {
  let cloud: Awaited<ReturnType<typeof serveSystems>>;

  beforeAll(async () => {
    // Nobody here signs requests.
    cloud = await serveSystems({
      ...environment(name),
      authorization: { '*': 'none' },
      allowPublic: ['*'],
    });
  });
  afterAll(() => cloud.close());

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
    const answered = await fetch(`${cloud.url}/${route}`, post(body));
    expect([answered.status, await answered.text()]).toEqual([status, expect.anything()]);
  });

  it('answers the function by its name there, and by the alias', async () => {
    for (const qualifier of ['', ':live']) {
      const of = `LambdaFunctionOverHttps-${name}${qualifier}`;
      const invocations = `${cloud.url}/2015-03-31/functions/${of}/invocations`;
      const answered = await fetch(invocations, post({ operation: 'ping' }));
      expect(await answered.json()).toBe('pong');
    }
  });
});
