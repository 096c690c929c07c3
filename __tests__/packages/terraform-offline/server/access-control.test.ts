import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { accessRefusal } from '../../../../packages/terraform-offline/server/access-control';
import type { HttpRequest } from '../../../../packages/terraform-offline/server/request';
import { listen, type Server } from '../../../../packages/terraform-offline/server/server';
import { send } from '../../../support/http';

let server: Server;
beforeAll(async () => {
  const answer = (request: HttpRequest) =>
    Promise.resolve(
      accessRefusal(request, { localOnly: true }) ?? { status: 200, headers: [], body: request.rawPath },
    );
  server = await listen({ host: '127.0.0.1', port: 0, answer, log: () => undefined });
});
afterAll(() => server.close());

describe('a server on a loopback address', () => {
  it.each([
    ['127.0.0.1:3000', 200],
    ['localhost', 200],
    ['LOCALHOST:3000', 200],
    ['[::1]:3000', 200],
    ['127.0.0.53', 200],
    ['evil.example', 421],
    ['evil.example:3000', 421],
    ['127.0.0.1.evil.example:3000', 421],
    ['localhost.evil.example', 421],
    ['192.168.1.7:3000', 421],
  ])('a name that resolves to loopback is no loopback name: %s → %i', async (Host, status) => {
    // Twice: what was accepted is remembered, what was refused is not.
    for (const path of ['/', '/items-api/items']) {
      expect((await send(server.url, path, { headers: { Host } })).status).toBe(status);
    }
  });

  it.each([
    [undefined, 200],
    ['http://localhost:5173', 200],
    ['http://127.0.0.1:3000', 200],
    ['http://[::1]:8080', 200],
    ['chrome-extension://abcdef', 200],
    ['http://evil.example', 403],
    ['https://localhost.evil.example', 403],
    ['null', 403],
  ])('only pages of this machine change something: Origin %s → %i', async (origin, status) => {
    const headers: Record<string, string> = origin === undefined ? {} : { Origin: origin };
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await send(server.url, '/items-api/items', { method, headers })).status).toBe(status);
    }
    for (const method of ['GET', 'OPTIONS']) {
      expect((await send(server.url, '/items-api/items', { method, headers })).status).toBe(200);
    }
  });

  it('says what it received, and how to be reached by that name', async () => {
    const { text } = await send(server.url, '/', { headers: { Host: 'laptop.example:3000' } });
    expect(text).toContain('received laptop.example:3000;');
    expect(text).toContain('--host 0.0.0.0');
  });

  it.each([
    ['Host', ['Host', '127.0.0.1', 'HOST', 'evil.example']],
    ['Origin', ['Host', '127.0.0.1', 'Origin', 'http://localhost', 'Origin', 'http://evil.example']],
    ['Content-Length', ['Host', '127.0.0.1', 'Content-Length', '1', 'Content-Length', '2']],
    ['Transfer-Encoding', ['Host', '127.0.0.1', 'Transfer-Encoding', 'chunked', 'Transfer-Encoding', 'gzip']],
  ])('lets nobody in who sends %s twice, on any address', (name, rawHeaders) => {
    for (const localOnly of [true, false]) {
      const refused = accessRefusal({ method: 'POST', rawHeaders }, { localOnly });
      expect(refused).toMatchObject({ status: 400 });
      expect(refused!.body).toMatch(new RegExp(`^The header ${name} came twice`, 'i'));
    }
  });

  it('lets in what may come twice', () => {
    const rawHeaders = [
      'Host',
      'localhost',
      'Accept',
      'a/b',
      'Accept',
      'c/d',
      'Cookie',
      'a=1',
      'Cookie',
      'b=2',
    ];
    expect(accessRefusal({ method: 'POST', rawHeaders }, { localOnly: true })).toBeUndefined();
  });

  it('answers a raw request with two Hosts with 400', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n');
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  });
});
