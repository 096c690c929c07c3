import { readFileSync } from 'node:fs';
import path from 'node:path';
import { headerPairs } from '../../packages/terraform-offline/api-gateway/message';
import { type Cloud, serve } from '../../packages/terraform-offline/cloud';
import { OPERATOR } from '../../packages/terraform-offline/iam/credentials';
import { signed } from '../packages/terraform-offline/api-gateway/authorizers/signing';
import { Checkout } from '../support/checkout';

const issuer = 'https://login.invalid/';
/** As people set it in `stacks/environment.ts`. */
const SETTINGS = `
  authorization: { 'items-api': 'jwt', 'data-api': 'apiKey', 'order-api': 'iam', 'dynamodb-manager': 'jwt' },
  jwt: { issuer: '${issuer}', audience: ['https://api.example.com'] },
  usagePlan: { clients: ['acme'], requestsPerDay: 2, rateLimit: 100, burstLimit: 100 },`;

const checkout = new Checkout();
let cloud: Cloud;

beforeAll(async () => {
  const source = readFileSync(path.join(checkout.root, 'stacks/environment.ts'), 'utf8');
  checkout.write('stacks/environment.ts', source.replace('staging: {', `staging: {${SETTINGS}`));
  process.env.ENVIRONMENT = 'staging';
  expect(await checkout.run('tools/synth.ts')).toMatchObject({ code: 0 });
  cloud = await serve({ folder: path.join(checkout.root, 'cdktf.out') });
});
afterAll(async () => {
  await cloud.close();
  checkout.remove();
});

async function post(route: string, body: unknown, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(`${cloud.url}/${route}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return response.status;
}

it('lets in tokens of the issuer for the audience, and no others', async () => {
  const item = { name: 'Lamp', price: 12.5 };
  const status = async (claims: object) =>
    post('items-api/items', item, {
      authorization: `Bearer ${await cloud.token({ iss: issuer, ...claims })}`,
    });
  expect(await status({ aud: 'https://api.example.com' })).toBe(201);
  expect(await status({ aud: 'https://elsewhere.example.com' })).toBe(401);
  expect(await post('items-api/items', item)).toBe(401);
});

it('lets in nobody where the function that verifies tokens cannot reach the issuer', async () => {
  const authorization = await cloud.token({ iss: issuer, aud: 'https://api.example.com' });
  const ping = { operation: 'ping' };
  expect(await post('dynamodb-manager/prod/DynamoDBManager', ping, { authorization })).toBe(500);
  expect(await post('dynamodb-manager/prod/DynamoDBManager', ping)).toBe(401);
});

it('lets in the holders of keys within their quota', async () => {
  const { apis } = cloud.model().stacks.find(({ id }) => id === 'data-api')!;
  const [plan] = apis.flatMap((api) => (api.kind === 'rest' ? (api.usagePlans ?? []) : []));
  const [key] = plan!.keys;
  const status = (value: string) => post('data-api/prod/data', { data: 1 }, { 'x-api-key': value });
  expect(await status('nobody-has-this-as-a-key')).toBe(403);
  expect([await status(key!.value), await status(key!.value), await status(key!.value)]).toEqual([
    201, 201, 429,
  ]);
  expect(await post('data-api/prod/data', { data: 1 })).toBe(403);
});

it('lets in who signs', async () => {
  const ping = { operation: 'ping' };
  const { host } = new URL(cloud.url);
  const unsigned = {
    method: 'POST',
    path: '/order-api/prod/order',
    headers: { host },
    body: JSON.stringify(ping),
  };
  const { rawHeaders } = await signed(unsigned, { credentials: OPERATOR, at: Date.now() });
  const headers = Object.fromEntries(headerPairs(rawHeaders).filter(([name]) => name !== 'host'));
  expect(await post('order-api/prod/order', ping, headers)).toBe(200);
  expect(await post('order-api/prod/order', { operation: 'echo' }, headers)).toBe(403);
  expect(await post('order-api/prod/order', ping)).toBe(403);
});
