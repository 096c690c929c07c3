import type { HttpHandler, HttpRequest } from '../../../../functions/shared/http/http';
import { httpHandler } from '../../../../functions/shared/http/http-adapter';
import { Problem } from '../../../../functions/shared/http/problem';
import type { ProxyResult } from '../../../../functions/shared/http/respond';
import { restHandler } from '../../../../functions/shared/http/rest-adapter';
import { httpEvent } from '../../../support/http-event';
import { restEvent, type RestEventParts } from '../../../support/rest-event';

interface Sent extends RestEventParts {
  readonly base64?: boolean;
}

const adapters: [string, (handle: HttpHandler, sent: Sent) => Promise<ProxyResult>][] = [
  [
    'REST API, payload 1.0',
    (handle, { base64 = false, ...parts }) =>
      restHandler(handle)({ ...restEvent(parts), isBase64Encoded: base64 }),
  ],
  [
    'HTTP API, payload 2.0',
    (handle, { base64 = false, ...parts }) =>
      httpHandler(handle)({ ...httpEvent(parts), isBase64Encoded: base64 }),
  ],
];

const get = { method: 'GET', path: '/things/1' };

describe.each(adapters)('%s', (_, send) => {
  async function received(sent: Sent): Promise<HttpRequest> {
    const requests: HttpRequest[] = [];
    await send((request) => {
      requests.push(request);
      return Promise.resolve({ status: 204 });
    }, sent);
    return requests[0]!;
  }

  const answer = (handle: () => unknown, sent: Sent = get) =>
    send(() => new Promise((resolve) => resolve(handle() as never)), sent);

  test('the handler sees the path with its stage, parameters, body and request id', async () => {
    const request = await received({
      method: 'PUT',
      path: '/things/1',
      pathParameters: { id: '1' },
      body: '{"a":"ü"}',
    });
    expect(request).toMatchObject({
      path: '/prod/things/1',
      pathParameters: { id: '1' },
      query: {},
      body: '{"a":"ü"}',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    });
  });

  test.each(['Content-Type', 'content-type', 'CONTENT-TYPE'])(
    'a header sent as %s is found',
    async (name) => {
      const request = await received({ ...get, headers: { [name]: 'text/plain' } });
      expect(request.header('Content-Type')).toBe('text/plain');
      expect(request.header('content-type')).toBe('text/plain');
    },
  );

  test.each(['absent', 'constructor', '__proto__', 'toString'])(
    'the header %s is not there',
    async (name) => {
      expect((await received({ ...get, headers: { Accept: '*/*' } })).header(name)).toBeUndefined();
    },
  );

  test('a base64 body is decoded as UTF-8', async () => {
    const body = Buffer.from('{"a":"ü€😀"}').toString('base64');
    expect((await received({ ...get, body, base64: true })).body).toBe('{"a":"ü€😀"}');
  });

  test('bytes that are no UTF-8 are a 400, not replacement characters', async () => {
    const sent = { ...get, body: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), base64: true };
    const { statusCode, body } = await send(
      (request) => Promise.resolve({ status: 200, body: request.body }),
      sent,
    );
    expect(statusCode).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ code: 'invalid-json', detail: 'The body is not UTF-8 text.' });
  });

  test.each([undefined, ''])('the body %p is none', async (body) => {
    expect((await received({ ...get, body })).body).toBeUndefined();
  });

  test('an answer is JSON with its own headers beside the content type', async () => {
    const result = await answer(() => ({
      status: 201,
      headers: { Location: '/prod/things/1' },
      body: { a: null },
    }));
    expect(result).toEqual({
      statusCode: 201,
      headers: {
        'Content-Type': 'application/json',
        'X-Content-Type-Options': 'nosniff',
        Location: '/prod/things/1',
      },
      body: '{"a":null}',
    });
  });

  test.each([null, false, 0, '', []])('the body %j is sent as JSON', async (body) => {
    expect((await answer(() => ({ status: 200, body }))).body).toBe(JSON.stringify(body));
  });

  test('an answer without a body has neither text nor media type', async () => {
    expect(await answer(() => ({ status: 204 }))).toEqual({ statusCode: 204, headers: {}, body: '' });
  });

  test('a problem is problem+json with its violations and Retry-After', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation();
    const errors = [{ path: 'a[1]', message: 'is missing' }];
    const { statusCode, headers, body } = await answer(() => {
      throw new Problem('database-unavailable', 'Try again.', { errors });
    });
    expect(statusCode).toBe(503);
    expect(headers).toMatchObject({ 'Content-Type': 'application/problem+json', 'Retry-After': '1' });
    expect(JSON.parse(body)).toEqual({
      type: 'urn:problem-type:database-unavailable',
      title: 'The database does not answer',
      status: 503,
      detail: 'Try again.',
      code: 'database-unavailable',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      errors,
    });
    log.mockRestore();
  });

  test('a change that may have been made is not to be tried again', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation();
    const { statusCode, headers } = await answer(() => {
      throw new Problem('outcome-unknown', 'Read the item.');
    });
    expect(statusCode).toBe(503);
    expect(headers).not.toHaveProperty('Retry-After');
    log.mockRestore();
  });

  test.each<[string, Error]>([
    ['an error', new Error('secret at /var/task/index.mjs:1')],
    [
      'an SDK error of a missing table',
      Object.assign(new Error('secret'), { name: 'ResourceNotFoundException' }),
    ],
    ['a text', 'secret' as never],
    ['nothing', undefined as never],
  ])('%s thrown is a 500 that shows nothing of it, and logged', async (_what, thrown) => {
    const log = jest.spyOn(console, 'error').mockImplementation();
    const { statusCode, headers, body } = await answer(() => Promise.reject(thrown));
    expect(statusCode).toBe(500);
    expect(headers).not.toHaveProperty('Retry-After');
    expect(body).not.toContain('secret');
    expect(JSON.parse(body)).toMatchObject({ code: 'internal-error', status: 500 });
    expect(log).toHaveBeenCalledWith(
      expect.objectContaining({ code: 'internal-error', requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef' }),
    );
    log.mockRestore();
  });
});

test('a REST header sent twice is joined; null headers, as the console sends, are none', async () => {
  const seen: (string | undefined)[] = [];
  const handle = restHandler((request) => {
    seen.push(request.header('accept'));
    return Promise.resolve({ status: 204 });
  });
  await handle({ ...restEvent(get), multiValueHeaders: { Accept: ['a/b'], accept: ['c/d', 'e/f'] } });
  await handle({ ...restEvent(get), headers: null as never, multiValueHeaders: null as never });
  expect(seen).toEqual(['a/b, c/d, e/f', undefined]);
});

const invoked: [string, (event: never) => Promise<unknown>, string][] = [
  ['a REST API', restHandler(() => Promise.resolve({ status: 204 })), 'requestContext.path'],
  ['an HTTP API', httpHandler(() => Promise.resolve({ status: 204 })), 'requestContext.http.path'],
];

describe.each(invoked)('invoked directly, a function of %s', (api, handle, path) => {
  test.each<[unknown, string]>([
    [{}, `${path} and no requestContext.requestId`],
    [null, `${path} and no requestContext.requestId`],
    ['text', `${path} and no requestContext.requestId`],
    [{ requestContext: null }, `${path} and no requestContext.requestId`],
    [{ requestContext: { requestId: 'id', http: {} } }, path],
  ])('fails on %j, naming what the event lacks', async (event, lacking) => {
    await expect(handle(event as never)).rejects.toThrow(`The event has no ${lacking}, which`);
    await expect(handle(event as never)).rejects.toThrow(`every proxy event of ${api}`);
  });
});

test('an event of the other kind of API is told apart', async () => {
  const none = () => Promise.resolve({ status: 204 });
  await expect(httpHandler(none)(restEvent(get) as never)).rejects.toThrow('no requestContext.http.path,');
  await expect(restHandler(none)(httpEvent(get) as never)).rejects.toThrow('no requestContext.path,');
});
