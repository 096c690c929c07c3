import { everything } from '../support/everything';
import { serveSystems } from '../support/serve-systems';

let cloud: Awaited<ReturnType<typeof serveSystems>>;
beforeAll(async () => {
  cloud = await serveSystems(everything);
});
afterAll(() => cloud.close());

const ROUTES = [
  ['data-api/prod/data', { data: 1 }],
  ['items-api/items', { name: 'Lamp', price: 1 }],
  ['dynamodb-manager/prod/DynamoDBManager', { operation: 'ping' }],
  ['order-api/prod/order', { operation: 'ping' }],
] as const;

describe.each(ROUTES)('production with everything, served locally, at %s', (route, body) => {
  it.each([
    ['nothing', {}],
    ['no token', { Authorization: 'Bearer rubbish' }],
    ['no signature', { Authorization: 'AWS4-HMAC-SHA256 Credential=me' }],
    ['no key', { 'x-api-key': 'rubbish' }],
  ])('lets nobody in who brings %s', async (_, headers) => {
    const answered = await fetch(`${cloud.url}/${route}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    expect([401, 403]).toContain(answered.status);
  });

  it('answers a preflight, whoever asks', async () => {
    const { status, headers } = await fetch(`${cloud.url}/${route}`, {
      method: 'OPTIONS',
      headers: { Origin: 'https://app.example.com', 'Access-Control-Request-Method': 'POST' },
    });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.example.com']);
  });
});
