import { environment, withName } from '../../stacks/environment';
import { serveSystems } from '../support/serve-systems';

// Of this machine: the local cloud lets no other page change something.
const ORIGIN = 'http://localhost:5173';
const cors = { allowOrigin: ORIGIN, maxAgeSeconds: 60 };

let cloud: Awaited<ReturnType<typeof serveSystems>>;
beforeAll(async () => {
  cloud = await serveSystems(withName('default', { ...environment(), cors }));
});
afterAll(() => cloud.close());

const send = (route: string, method: string, headers: Record<string, string>, body?: unknown) =>
  fetch(`${cloud.url}/${route}`, {
    method,
    headers: { Origin: ORIGIN, ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

describe.each([
  ['data-api/prod/data', { data: 1 }],
  ['items-api/items', { name: 'Lamp', price: 1 }],
  ['dynamodb-manager/prod/DynamoDBManager', { operation: 'ping' }],
  ['order-api/prod/order', { operation: 'ping' }],
])('a page of the origin, at %s', (route, body) => {
  it('is told what it may send', async () => {
    const asked = {
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization',
    };
    const { status, headers } = await send(route, 'OPTIONS', asked);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(headers.get('access-control-allow-methods')).toBe('*');
    expect(headers.get('access-control-allow-headers')).toMatch(/\bauthorization\b/);
    expect(headers.get('access-control-max-age')).toBe('60');
  });

  it('may read what is answered', async () => {
    const { ok, headers } = await send(route, 'POST', { 'Content-Type': 'application/json' }, body);
    expect(ok).toBe(true);
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(headers.get('access-control-expose-headers')).toBe('*');
  });

  it('may read errors, of functions and of gateways', async () => {
    for (const [type, sent] of [
      ['text/plain', body],
      ['application/json', []],
    ] as const) {
      const { status, headers } = await send(route, 'POST', { 'Content-Type': type }, sent);
      expect([400, 415]).toContain(status);
      expect(headers.get('access-control-allow-origin')).toBe(ORIGIN);
    }
  });
});
