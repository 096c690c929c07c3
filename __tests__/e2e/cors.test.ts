import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Testing } from 'cdktf';
import { serve } from 'terraform-offline';
import { environment, withName } from '../../stacks/environment';
import { SYSTEMS } from '../support/systems';

// Of this machine: the local cloud lets no other page change something.
const ORIGIN = 'http://localhost:5173';
const cors = { allowOrigin: ORIGIN, maxAgeSeconds: 60 };

let url: string;
let close: () => Promise<void>;
const folder = mkdtempSync(path.join(tmpdir(), 'cors-'));

beforeAll(async () => {
  const app = Testing.app({ outdir: folder, stackTraces: false, fakeCdktfJsonPath: true });
  const settings = withName('default', { ...environment(), cors });
  for (const [id, System] of Object.entries(SYSTEMS)) new System(app, id, settings);
  app.synth();
  const cloud = await serve({ folder });
  ({ url } = cloud);
  close = () => cloud.close();
});
afterAll(async () => {
  await close();
  rmSync(folder, { recursive: true });
});

const send = (route: string, method: string, headers: Record<string, string>, body?: unknown) =>
  fetch(`${url}/${route}`, {
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
