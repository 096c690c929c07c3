import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildAndSynthesize } from '../../tools/build/build';
import { Checkout } from '../support/checkout';
import { type ServedBuild, serveBuild } from '../support/served-build';
import { resource, resourcesOf, type Configuration } from '../support/synth';

interface SecondRoute {
  readonly system: string;
  readonly method: string;
  readonly path: string;
  /** A handler that is there already: what the route is for does not matter here. */
  readonly handler: string;
  /** A request that the handler answers with success. */
  readonly body: unknown;
}

const ping = { operation: 'ping' };
const order = { id: '1', product: 'Book', price: 9.5, order_date: '2024-11-04T10:30:00Z' };

/** A route more for each system, one below the path of another. */
const SECOND: readonly SecondRoute[] = [
  { system: 'data-api', method: 'POST', path: '/data/copies', handler: 'store-data', body: { data: 1 } },
  {
    system: 'items-api',
    method: 'POST',
    path: '/items/copies',
    handler: 'create-item',
    body: { name: 'Book', price: 9.5 },
  },
  {
    system: 'dynamodb-manager',
    method: 'POST',
    path: '/DynamoDBManager/second',
    handler: 'manage-items',
    body: ping,
  },
  {
    system: 'order-api',
    method: 'PUT',
    path: '/order',
    handler: 'process-order',
    body: { operation: 'create', payload: { Item: order } },
  },
];

describe('a second route for a handler, in every system,', () => {
  const checkout = new Checkout();
  let cloud: ServedBuild;

  beforeAll(async () => {
    for (const { system, method, path: routePath, handler } of SECOND) {
      const file = `functions/${system}/contract.ts`;
      const route = `{ method: '${method}', path: '${routePath}', functionName: 'Second-${system}', handler: '${handler}', actions: ['PutItem', 'GetItem'] },`;
      const contract = readFileSync(file, 'utf8');
      const changed = contract.replace(/(routes: readonly Route\[\] = \[[^]*?)\n\];/, `$1\n  ${route}\n];`);
      expect(changed).not.toBe(contract);
      checkout.write(file, changed);
    }
    await buildAndSynthesize(checkout.project);
    cloud = await serveBuild({ folder: checkout.project.outputFolder });
  });
  afterAll(async () => {
    await cloud.close();
    checkout.remove();
  });

  test.each(SECOND)('$system has its function, with a role of its own', ({ system }) => {
    const file = path.join(checkout.root, `cdktf.out/stacks/${system}/cdk.tf.json`);
    const stack = JSON.parse(readFileSync(file, 'utf8')) as Configuration;
    expect(resource(stack, 'aws_lambda_function', { function_name: `Second-${system}` })).toBeDefined();
    expect(resource(stack, 'aws_iam_role', { name: `Second-${system}-role` })).toBeDefined();
    const models = Object.values(resourcesOf(stack, 'aws_api_gateway_model')).map(({ name }) => name);
    expect(new Set(models).size).toBe(models.length);
  });

  test.each(SECOND)('$system answers it', async ({ system, method, path: routePath, body }) => {
    const answer = await fetch(`${cloud.urlOf(system)}${routePath}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([answer.status, await answer.text()]).toEqual([
      expect.any(Number),
      expect.not.stringContaining('code'),
    ]);
    expect(answer.ok).toBe(true);
  });
});
