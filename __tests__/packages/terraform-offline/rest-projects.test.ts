import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { type Cloud, serve, type ServeOptions } from '../../../packages/terraform-offline/cloud';
import type { LogEntry } from '../../../packages/terraform-offline/log/log';

let cloud: Cloud;
let entries: LogEntry[];
afterEach(() => cloud.close());

/**
 * Serves one of the sample projects, all of it.
 * @returns its outputs
 */
async function serveProject(
  name: string,
  options: Partial<ServeOptions> = {},
): Promise<Record<string, string>> {
  entries = [];
  const folder = path.resolve('__tests__/fixtures/projects', name);
  cloud = await serve({ folder, log: (entry) => entries.push(entry), ...options });
  const [stack] = cloud.model().stacks;
  expect(stack!.unserved).toEqual([]);
  return stack!.outputs as Record<string, string>;
}

it('serves a REST API with CORS by mocks, at the stage of its deployment', async () => {
  const { base_url: url } = await serveProject('rest-api-cors');
  expect(url).toBe(`${cloud.url}/rest-api-cors/prod`);

  const preflight = await fetch(`${url}/notes`, {
    method: 'OPTIONS',
    headers: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' },
  });
  expect(preflight.status).toBe(200);
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET,OPTIONS,POST',
    'access-control-allow-headers': 'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token',
  });

  const created = await fetch(`${url}/notes`, { method: 'POST', body: '{"text":"hello"}' });
  expect([created.status, created.headers.get('access-control-allow-origin')]).toEqual([201, '*']);
  expect(await (await fetch(`${url}/notes`)).json()).toEqual([{ id: '1' }]);
  expect(await (await fetch(`${url}/notes/1`)).json()).toEqual({ id: '1', text: 'the first', stage: 'prod' });
  expect((await fetch(`${url}/notes/2`)).status).toBe(404);
  // No method of the API.
  expect((await fetch(`${url}/notes/1`, { method: 'DELETE' })).status).toBe(403);
  expect(entries).toContainEqual({
    type: 'function',
    functionName: 'create_note',
    requestId: expect.any(String) as string,
    line: expect.stringMatching(/\tINFO\tcreating a note of 5 characters/) as string,
  });
});

it('serves a REST API that an OpenAPI document describes', async () => {
  const { url } = await serveProject('rest-api-openapi');
  const post = (body: unknown) =>
    fetch(`${url}/pets`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });

  expect(await (await fetch(`${url}/pets?kind=cat`)).json()).toMatchObject({
    resource: '/pets',
    queryStringParameters: { kind: 'cat' },
  });
  expect(await (await fetch(`${url}/files/a/b`, { method: 'PUT' })).json()).toMatchObject({
    httpMethod: 'PUT',
    resource: '/files/{proxy+}',
    pathParameters: { proxy: 'a/b' },
  });
  const made = await post({ name: 'Tom', owner: { email: 'ann@example.com' } });
  expect(made.status).toBe(201);

  const unnamed = await fetch(`${url}/pets`);
  expect([unnamed.status, await unnamed.json()]).toEqual([
    400,
    { message: 'Missing required request parameters: [kind]' },
  ]);
  const ownerless = await post({ name: 'Tom', owner: {} });
  expect([ownerless.status, await ownerless.json()]).toEqual([
    422,
    { error: 'Invalid request body', why: expect.stringContaining('email') as string },
  ]);
  const preflight = await fetch(`${url}/pets`, { method: 'OPTIONS' });
  expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([
    200,
    'GET,POST,OPTIONS',
  ]);
  expect((await fetch(`${url}/elsewhere`)).status).toBe(403);
});

describe('a REST API in front of another service, at two stages', () => {
  const image = Buffer.from([0x89, 0x50, 0xff, 0x00]);
  /** The other service. */
  const inventory = createServer((request, response) => {
    if (request.url === '/api/logo') {
      response.writeHead(200, { 'Content-Type': 'image/png' }).end(image);
    } else if (request.url?.startsWith('/items/1/stock')) {
      const count = { count: 3, asked: request.url, secret: true };
      response
        .writeHead(200, { 'Content-Type': 'application/json', 'X-At': 'noon' })
        .end(JSON.stringify(count));
    } else if (request.url?.startsWith('/items')) {
      response.writeHead(410).end();
    } else {
      const { method, url, headers } = request;
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ method, url, stage: headers['x-stage'], filler: 'a'.repeat(1024) }));
    }
  });
  beforeAll(async () => {
    inventory.listen(0, '127.0.0.1');
    await once(inventory, 'listening');
  });
  afterAll(() => inventory.close());

  let urls: { readonly dev: string; readonly prod: string };
  /** A function is done. */
  let reported: Promise<void>;
  beforeEach(async () => {
    let report: () => void = () => undefined;
    reported = new Promise((resolve) => (report = resolve));
    const { port } = inventory.address() as AddressInfo;
    const vars = { backend: `{ dev = "127.0.0.1:${port}", prod = "127.0.0.1:9" }` };
    const outputs: Record<string, unknown> = await serveProject('rest-api-integrations', {
      vars,
      throttle: true,
      log(entry) {
        entries.push(entry);
        if (entry.type === 'platform.report') report();
      },
    });
    urls = outputs.urls as typeof urls;
  });

  it('passes requests on to the one of the stage, and its answers back', async () => {
    const passed = await fetch(`${urls.dev}/inventory/a/b?c=d`, { method: 'DELETE' });
    expect(passed.headers.get('content-encoding')).toBe('gzip');
    expect(await passed.json()).toMatchObject({ method: 'DELETE', url: '/api/a/b?c=d', stage: 'dev' });
    const logo = await fetch(`${urls.dev}/inventory/logo`, { headers: { Accept: 'image/png' } });
    expect(Buffer.from(await logo.arrayBuffer())).toEqual(image);

    const elsewhere = await fetch(`${urls.prod}/inventory/a`);
    expect([elsewhere.status, await elsewhere.json()]).toEqual([
      504,
      { message: 'Network error communicating with endpoint' },
    ]);
  });

  it('makes other requests and answers by its mappings, within the method’s limits', async () => {
    const found = await fetch(`${urls.dev}/stock/1?from=monday`);
    expect([found.status, found.headers.get('x-counted'), await found.json()]).toEqual([
      200,
      'noon',
      { left: 3 },
    ]);
    const missing = await fetch(`${urls.dev}/stock/2`);
    expect([missing.status, await missing.json()]).toEqual([404, { message: 'no such item' }]);
    expect((await fetch(`${urls.dev}/stock/1`)).status).toBe(429);
  });

  it('answers before its function has done what is asked', async () => {
    const done = {
      type: 'function',
      functionName: 'orders',
      requestId: expect.any(String) as string,
      line: expect.stringContaining('order 7 is done') as string,
    };
    const answered = await fetch(`${urls.dev}/orders`, { method: 'POST', body: '{"id":7}' });
    expect([answered.status, await answered.text()]).toEqual([202, '']);
    expect(entries).not.toContainEqual(done);
    await reported;
    expect(entries).toContainEqual(done);
  });
});
