import { everything } from '../support/everything';
import { serveSystems } from '../support/serve-systems';

let cloud: Awaited<ReturnType<typeof serveSystems>>;
beforeAll(async () => {
  cloud = await serveSystems(everything);
});
afterAll(() => cloud.close());

/** At their domains, `data-api.example.com` and so on: their default endpoints are switched off. */
const ROUTES = [
  ['data-api', 'data', { data: 1 }],
  ['items-api', 'items', { name: 'Lamp', price: 1 }],
  ['dynamodb-manager', 'DynamoDBManager', { operation: 'ping' }],
  ['order-api', 'order', { operation: 'ping' }],
] as const;

describe.each(ROUTES)('production with everything, served locally, at %s/%s', (system, path, body) => {
  const url = () => `${cloud.url}/${system}/${system}.example.com/${path}`;

  it.each([
    ['nothing', {}],
    ['no token', { Authorization: 'Bearer rubbish' }],
    ['no signature', { Authorization: 'AWS4-HMAC-SHA256 Credential=me' }],
    ['no key', { 'x-api-key': 'rubbish' }],
  ])('lets nobody in who brings %s', async (_, headers) => {
    const answered = await fetch(url(), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    expect([401, 403]).toContain(answered.status);
  });

  it('answers a preflight, whoever asks', async () => {
    const { status, headers } = await fetch(url(), {
      method: 'OPTIONS',
      headers: { Origin: 'https://app.example.com', 'Access-Control-Request-Method': 'POST' },
    });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.example.com']);
  });
});
