import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type BackendRequest,
  requestBackend,
} from '../../../../packages/terraform-offline/api-gateway/http-backend';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** @returns its URL */
async function backend(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function ask(url: string, more: Partial<BackendRequest> = {}) {
  return requestBackend({
    method: 'GET',
    url,
    headers: [],
    body: Buffer.alloc(0),
    timeoutMs: 5000,
    ...more,
  });
}

it('sends method, path, query, headers and body, and hands back status, headers and body', async () => {
  const seen: unknown[] = [];
  const url = await backend((request, response) => {
    request.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
    request.on('end', () => {
      seen.unshift(request.method, request.url, request.rawHeaders.slice(0, 6));
      response.writeHead(418, [
        ['X-Kind', 'teapot'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ]);
      response.end(Buffer.from([0, 255]));
    });
  });

  const answer = await ask(`${url}/pets?kind=dog`, {
    method: 'PUT',
    headers: [
      ['X-One', 'a'],
      ['X-One', 'b'],
    ],
    body: Buffer.from('ü'),
  });

  expect(seen).toEqual([
    'PUT',
    '/pets?kind=dog',
    ['Host', new URL(url).host, 'X-One', 'a', 'X-One', 'b'],
    'ü',
  ]);
  expect(answer).toMatchObject({ outcome: 'answered', status: 418, body: Buffer.from([0, 255]) });
  expect('headers' in answer && answer.headers).toEqual(
    expect.arrayContaining([
      ['X-Kind', 'teapot'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]),
  );
});

it('says the length itself, whatever the headers say of it', async () => {
  const url = await backend((request, response) => {
    response.end(String(request.headers['content-length'] ?? request.headers['transfer-encoding']));
  });
  const framing = [
    ['Content-Length', '100'],
    ['Transfer-Encoding', 'chunked'],
  ] as const;

  expect(await ask(url, { method: 'POST', headers: framing })).toMatchObject({ body: Buffer.from('0') });
  expect(await ask(url, { method: 'POST', headers: framing, body: Buffer.from('abc') })).toMatchObject({
    body: Buffer.from('3'),
  });
  expect(await ask(url, { headers: framing })).toMatchObject({ body: Buffer.from('undefined') });
});

it('does not follow a redirect', async () => {
  const url = await backend((_, response) => response.writeHead(302, { Location: '/elsewhere' }).end());
  expect(await ask(url)).toMatchObject({ outcome: 'answered', status: 302 });
});

it.each([
  ['no URL', '/pets', 'invalid-address'],
  ['another scheme', 'file:///etc/passwd', 'invalid-address'],
  ['a name that nobody has', 'http://nobody.invalid/', /invalid-address|unreachable/],
])('says that an address is %s', async (_, url, outcome) => {
  expect(await ask(url)).toEqual({
    outcome: expect.stringMatching(outcome) as string,
    message: expect.stringContaining(`GET ${url}: `) as string,
  });
});

it('says that nothing listens', async () => {
  const url = await backend(() => undefined);
  server!.close();
  await once(server!, 'close');
  expect(await ask(url)).toEqual({
    outcome: 'unreachable',
    message: expect.stringContaining('ECONNREFUSED') as string,
  });
});

it('says that the endpoint hung up amid its answer', async () => {
  const url = await backend((_, response) => {
    response.writeHead(200, { 'Content-Length': '100' });
    response.write('half', () => response.destroy());
  });
  expect(await ask(url)).toMatchObject({ outcome: 'unreachable' });
});

it('gives up after the timeout', async () => {
  const url = await backend(() => undefined);
  expect(await ask(url, { timeoutMs: 50 })).toEqual({
    outcome: 'timed-out',
    message: `GET ${url}: the endpoint did not answer within 50 ms`,
  });
});

it('takes no more than API Gateway does', async () => {
  const url = await backend((_, response) => response.end(Buffer.alloc(10 * 1024 * 1024 + 1)));
  expect(await ask(url)).toMatchObject({ outcome: 'too-large' });
});
