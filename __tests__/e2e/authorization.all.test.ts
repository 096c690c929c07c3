import { readFileSync } from 'node:fs';
import path from 'node:path';
import { headerPairs } from '../../packages/terraform-offline/server/message';
import { type Cloud, serve } from '../../packages/terraform-offline/cloud';
import { OPERATOR } from '../../packages/terraform-offline/iam/credentials';
import { buildAndSynthesize } from '../../tools/build/build';
import { signed } from '../packages/terraform-offline/api-gateway/authorizers/signing';
import { Checkout } from '../support/checkout';

const issuer = 'https://login.invalid/';
const audience = 'https://api.example.com';
/** As people set it in `stacks/environment.ts`. */
const SETTINGS = `
  authorization: { 'items-api': 'jwt', 'data-api': 'apiKey', 'order-api': 'iam', 'dynamodb-manager': 'jwt' },
  jwt: { issuer: '${issuer}', audience: ['${audience}'] },
  usagePlan: { clients: ['acme'], requestsPerDay: 2, rateLimit: 100, burstLimit: 100 },`;

/** Routes that ask for scopes, as people write them in a contract. */
const SCOPES = {
  'functions/data-api/contract.ts': ["handler: 'retrieve-data',", "'jwt', scopes: ['data/read', 'data/all']"],
  'functions/items-api/contract.ts': ["handler: 'list-items',", "'jwt', scopes: ['items/read']"],
} as const;

const checkout = new Checkout();
let cloud: Cloud;

beforeAll(async () => {
  const source = readFileSync(path.join(checkout.root, 'stacks/environment.ts'), 'utf8');
  checkout.write('stacks/environment.ts', source.replace('staging: {', `staging: {${SETTINGS}`));
  for (const [file, [row, authorization]] of Object.entries(SCOPES)) {
    const contract = readFileSync(path.join(checkout.root, file), 'utf8');
    checkout.write(file, contract.replace(row, `${row} authorization: ${authorization},`));
  }
  process.env.ENVIRONMENT = 'staging';
  await buildAndSynthesize(checkout.project);
  cloud = await serve({ folder: checkout.project.outputFolder });
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

async function get(route: string, claims?: object, alter = (token: string) => token): Promise<number> {
  const token = claims && alter(await cloud.token({ iss: issuer, aud: audience, ...claims }));
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return (await fetch(`${cloud.url}/${route}`, { headers })).status;
}

/** The signature with another bit in it, and the rest as it was. */
function altered(token: string): string {
  const [header, payload, signature = ''] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0]! ^= 1;
  return [header, payload, bytes.toString('base64url')].join('.');
}

describe.each([
  ['an HTTP API', 'items-api/items', 200, 'items/read'],
  // That there is no such datum, its function has found out.
  ['a REST API', 'data-api/prod/data/7e53a9f7-7291-5891-adff-dfa33a099539', 404, 'data/all'],
])('a route of %s that asks for scopes', (_, route, answer, scope) => {
  it('lets in a token that has one of them', async () => {
    expect(await get(route, { scope: `openid ${scope}` })).toBe(answer);
  });

  it('answers 403 to one that has none of them', async () => {
    expect(await get(route, { scope: 'openid' })).toBe(403);
  });

  it('answers 401 to what is no token of the issuer for the audience', async () => {
    expect(await get(route, { scope }, altered)).toBe(401);
    expect(await get(route, { scope, aud: 'https://elsewhere.example.com' })).toBe(401);
    expect(await get(route, { scope, iss: 'https://other.invalid/' })).toBe(401);
    expect(await get(route, { scope, exp: 1 })).toBe(401);
    expect(await get(route)).toBe(401);
  });
});

it('a REST API lets the same token in for other parameters, while it keeps what was found out of it', async () => {
  const authorization = await cloud.token({ iss: issuer, aud: audience, scope: 'data/read' });
  const status = async (id: string) =>
    (await fetch(`${cloud.url}/data-api/prod/data/${id}`, { headers: { authorization } })).status;
  expect([await status('1'), await status('2')]).toEqual([404, 404]);
});

it.each([
  ['an HTTP API', 'items-api/items', { name: 'Lamp', price: 12.5 }, 201],
  ['a REST API', 'dynamodb-manager/prod/DynamoDBManager', { operation: 'ping' }, 200],
])(
  'a route of %s that asks for none lets in every token for the audience',
  async (_, route, body, answer) => {
    const status = async (claims: object) =>
      post(route, body, { authorization: `Bearer ${await cloud.token({ iss: issuer, ...claims })}` });
    expect(await status({ aud: audience })).toBe(answer);
    expect(await status({ aud: 'https://elsewhere.example.com' })).toBe(401);
    expect(await post(route, body)).toBe(401);
  },
);

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
