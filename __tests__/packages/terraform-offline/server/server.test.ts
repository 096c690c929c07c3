import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { LogEntry } from '../../../../packages/terraform-offline/log/log';
import type { Answer, HttpRequest } from '../../../../packages/terraform-offline/server/request';
import { listen } from '../../../../packages/terraform-offline/server/server';
import { send } from '../../../support/http';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const ok: Awaited<ReturnType<Answer>> = { status: 200, headers: [], body: '' };

/** A server with that answer, closed after the test. */
async function serve(answer: Answer) {
  const log: LogEntry[] = [];
  const server = await listen({ host: '127.0.0.1', port: 0, answer, log: (entry) => log.push(entry) });
  running.push(server);
  return { url: server.url, log };
}

const running: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(running.splice(0).map((server) => server.close())));

describe('the server', () => {
  it('hands over the request as it came', async () => {
    const received: HttpRequest[] = [];
    const { url } = await serve((request) => {
      received.push(request);
      return Promise.resolve(ok);
    });

    await send(url, '/a%2Fb//c?x=1&x=%20', { method: 'POST', headers: { 'X-Case': 'kept' }, body: 'text' });

    expect(received).toEqual([
      {
        method: 'POST',
        rawPath: '/a%2Fb//c',
        prefix: '',
        rawQuery: 'x=1&x=%20',
        rawHeaders: expect.arrayContaining(['X-Case', 'kept']) as unknown,
        body: Buffer.from('text'),
        sourceIp: '127.0.0.1',
        protocol: 'HTTP/1.1',
      },
    ]);
  });

  // https://www.rfc-editor.org/rfc/rfc9112#name-absolute-form
  it.each([
    ['http://127.0.0.1/items?x=1', '/items', 'x=1'],
    ['HTTP://127.0.0.1', '/', ''],
  ])('takes a target that is a whole URL: %s', async (target, rawPath, rawQuery) => {
    const received: HttpRequest[] = [];
    const { url } = await serve((request) => {
      received.push(request);
      return Promise.resolve(ok);
    });

    await send(url, target);

    expect(received).toEqual([expect.objectContaining({ rawPath, rawQuery })]);
  });

  it('sends the answer as it is given, repeated headers included', async () => {
    const { url } = await serve(() =>
      Promise.resolve({
        status: 201,
        headers: [
          ['Set-Cookie', 'a=1'],
          ['Set-Cookie', 'b=2'],
          ['content-length', '999'],
        ],
        body: 'größe',
      }),
    );

    const { status, headers, text } = await send(url, '/');

    expect({ status, text }).toEqual({ status: 201, text: 'größe' });
    expect(headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'content-length': '7' });
  });

  it('answers HEAD with the headers of a body, and without it', async () => {
    const { url } = await serve(() => Promise.resolve({ ...ok, body: 'five!' }));

    const { headers, text } = await send(url, '/', { method: 'HEAD' });

    expect({ length: headers['content-length'], text }).toEqual({ length: '5', text: '' });
  });

  it('sends no Content-Length with 204', async () => {
    const { url } = await serve(() => Promise.resolve({ ...ok, status: 204 }));

    expect((await send(url, '/')).headers).not.toHaveProperty('content-length');
  });

  it('passes on a body that is still going on', async () => {
    const { url } = await serve(() => Promise.resolve({ ...ok, body: Readable.from(['one ', 'two']) }));

    expect((await send(url, '/')).text).toBe('one two');
  });

  it.each([
    ['10 MB', 10 * 1024 * 1024, 10 * 1024 * 1024],
    ['more than 10 MB as one byte more', 12 * 1024 * 1024, 10 * 1024 * 1024 + 1],
  ])('hands over a body of %s', async (_case, sent, received) => {
    const { url } = await serve(({ body }) => Promise.resolve({ ...ok, body: String(body.length) }));

    expect((await send(url, '/', { method: 'POST', body: Buffer.alloc(sent) })).text).toBe(String(received));
  });

  it('answers 500 where no answer was found, says why in the log, and goes on', async () => {
    const { url, log } = await serve(({ rawPath }) =>
      rawPath === '/broken' ? Promise.reject(new Error('a defect')) : Promise.resolve(ok),
    );

    expect((await send(url, '/broken')).status).toBe(500);

    expect(log).toMatchObject([{ level: 'error', message: expect.stringContaining('a defect') as unknown }]);
    expect((await send(url, '/')).status).toBe(200);
  });

  it('answers 502 when a header cannot be sent', async () => {
    const { url, log } = await serve(() => Promise.resolve({ ...ok, headers: [['X-Bad', 'line\nend']] }));

    expect(await send(url, '/')).toMatchObject({ status: 502, text: '{"message": "Internal server error"}' });
    expect(log).toContainEqual(expect.objectContaining({ type: 'notice', level: 'error' }));
  });

  it('keeps connections', async () => {
    const { url } = await serve(() => Promise.resolve(ok));

    expect((await fetch(url)).headers.get('connection')).toBe('keep-alive');
  });

  it('keeps no body that has been answered, as long as the client keeps the connection', async () => {
    let body: WeakRef<ArrayBufferLike> | undefined;
    const { url } = await serve((request) => {
      body = new WeakRef(request.body.buffer);
      return Promise.resolve(ok);
    });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const sent = Buffer.alloc(100_000);
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${sent.length}\r\n\r\n`);
    socket.write(sent);
    await once(socket, 'data');

    // What a turn of the event loop has looked at through a WeakRef is kept until its end.
    await setImmediate();
    collectGarbage();

    expect(body).toBeDefined();
    expect(body?.deref()).toBeUndefined();
    socket.destroy();
  });

  it.each([
    ['without a body', 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['with one', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody'],
  ])('answers a client that has closed its half of the connection: %s', async (_, sent) => {
    const { url } = await serve(async ({ body }) => {
      await sleep(20);
      return { ...ok, body: `received ${body.length}` };
    });
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
    socket.end(sent);

    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK[^]*received [04]$/);
    socket.destroy();
  });

  it('survives a client that goes away in the middle of its body', async () => {
    const { url } = await serve(() => Promise.resolve(ok));
    const socket = connect(Number(new URL(url).port), '127.0.0.1');

    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    await once(socket, 'connect');
    socket.destroy();

    expect((await send(url, '/')).status).toBe(200);
  });

  it('logs each request with its status and time', async () => {
    const { url, log } = await serve(() => Promise.resolve({ ...ok, status: 404 }));

    await send(url, '/x?y=1', { method: 'PUT' });

    expect(log).toEqual([
      {
        type: 'access',
        method: 'PUT',
        path: '/x?y=1',
        status: 404,
        milliseconds: expect.any(Number) as unknown,
      },
    ]);
  });

  it.each([
    [
      '/x?X-Amz-Credential=ASIA%2Fus&X-Amz-Date=2030&X-Amz-Security-Token=abc&X-Amz-Signature=0f&y=1',
      '/x?X-Amz-Credential=…&X-Amz-Date=2030&X-Amz-Security-Token=…&X-Amz-Signature=…&y=1',
    ],
    ['/x?token=eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln&y=eyJ', '/x?token=…&y=eyJ'],
  ])('logs no signatures and tokens of a URL: %s', async (sent, logged) => {
    const { url, log } = await serve(() => Promise.resolve(ok));
    await send(url, sent);
    expect(log).toMatchObject([{ path: logged }]);
  });

  it('says in one line that a port is in use', async () => {
    const { url } = await serve(() => Promise.resolve(ok));
    const port = Number(new URL(url).port);

    await expect(
      listen({ host: '127.0.0.1', port, answer: () => Promise.resolve(ok), log: () => undefined }),
    ).rejects.toThrow(`port ${port} is in use: choose another with --port`);
  });
});
