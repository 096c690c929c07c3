import { connect } from 'node:net';
import { crc32 } from 'node:zlib';
import { start, type DynamoDBOffline } from '../../../packages/dynamodb-offline/index';

// Statuses, headers and texts are DynamoDB's own, as dynalite's authors recorded them.

const SIGNED = {
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-date': '20261129T000000Z',
  'x-amz-target': 'DynamoDB_20120810.ListTables',
  authorization:
    'AWS4-HMAC-SHA256 Credential=me/20261129/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

let db: DynamoDBOffline;
beforeAll(async () => {
  db = await start();
});
afterAll(() => db.stop());

interface Asked {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

async function ask({ method = 'POST', path = '/', headers = {}, body = '{}' }: Asked) {
  const sent = Object.entries({ ...SIGNED, ...headers }).filter(([, value]) => value !== undefined);
  const answer = await fetch(db.endpoint + path, {
    method,
    headers: Object.fromEntries(sent) as Record<string, string>,
    ...(method !== 'GET' && { body }),
  });
  return { answer, status: answer.status, text: await answer.text() };
}

const error = (name: string, members: object = {}) =>
  JSON.stringify({ __type: `com.amazon.coral.service#${name}`, ...members });
const missingToken = error('MissingAuthenticationTokenException', {
  message: 'Request is missing Authentication Token',
});

describe('an answer', () => {
  it('has a checksum, an id of 52 capitals and digits, and the type of the request', async () => {
    const { answer, text } = await ask({ headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(text).toBe('{"TableNames":[]}');
    expect(answer.headers.get('x-amz-crc32')).toBe(String(crc32(text)));
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[A-Z0-9]{52}$/);
    expect(answer.headers.get('content-type')).toBe('application/json');
  });

  it('has another id each time', async () => {
    const ids = await Promise.all(
      [1, 2].map(async () => (await ask({})).answer.headers.get('x-amzn-requestid')),
    );
    expect(ids[0]).not.toBe(ids[1]);
  });
});

it.each<[string, Asked, number, string]>([
  ['any GET', { method: 'GET', path: '/any?a=b' }, 200, 'healthy: dynamodb.us-east-1.amazonaws.com '],
  ['another method', { method: 'PUT' }, 404, '<UnknownOperationException/>\n'],
  ['OPTIONS: no page may ask', { method: 'OPTIONS' }, 404, '<UnknownOperationException/>\n'],
  ['any path', { path: '/any' }, 200, '{"TableNames":[]}'],
  ['another type', { headers: { 'content-type': 'text/plain' } }, 404, '<UnknownOperationException/>\n'],
  ['no JSON', { body: '{' }, 400, error('SerializationException')],
  ['nothing', { body: '' }, 400, error('SerializationException')],
  [
    'no JSON of nobody',
    { body: '{', headers: { authorization: undefined } },
    400,
    error('SerializationException'),
  ],
  ['no target', { headers: { 'x-amz-target': undefined } }, 400, error('UnknownOperationException')],
  [
    'an unknown operation',
    { headers: { 'x-amz-target': 'DynamoDB_20120810.Nope' } },
    400,
    error('UnknownOperationException'),
  ],
  [
    'another version',
    { headers: { 'x-amz-target': 'DynamoDB_20111205.ListTables' } },
    400,
    error('UnknownOperationException'),
  ],
  [
    'an operation of streams at tables',
    { headers: { 'x-amz-target': 'DynamoDB_20120810.ListStreams' } },
    400,
    error('UnknownOperationException'),
  ],
  [
    'an inherited name',
    { headers: { 'x-amz-target': 'DynamoDB_20120810.constructor' } },
    400,
    error('UnknownOperationException'),
  ],
  ['no signature', { headers: { authorization: undefined } }, 400, missingToken],
  ['another signature', { headers: { authorization: 'Basic abc' } }, 400, missingToken],
  [
    'an incomplete signature',
    { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=a', 'x-amz-date': undefined } },
    400,
    error('IncompleteSignatureException', {
      message:
        "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256 Credential=a",
    }),
  ],
  [
    'two signatures',
    { path: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256' },
    400,
    error('InvalidSignatureException', {
      message: "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.",
    }),
  ],
  [
    'an incomplete signature in the query',
    { path: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=x', headers: { authorization: undefined } },
    400,
    error('IncompleteSignatureException', {
      message:
        "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters.",
    }),
  ],
  [
    'a whole signature in the query',
    {
      path: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=x&X-Amz-Credential=a&X-Amz-Signature=0&X-Amz-SignedHeaders=host',
      headers: { authorization: undefined },
    },
    200,
    '{"TableNames":[]}',
  ],
])('answers %s', async (_, asked, status, text) => {
  expect(await ask(asked)).toMatchObject({ status, text });
});

it.each(['http://elsewhere.example', 'https://localhost.elsewhere.example', 'null'])(
  'refuses a page of %s',
  async (origin) => {
    const { answer, status, text } = await ask({ headers: { origin } });
    expect(status).toBe(403);
    expect(text).toContain(origin);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  },
);

it('answers a page of this machine', async () => {
  expect(await ask({ headers: { origin: 'http://localhost:3000' } })).toMatchObject({ status: 200 });
});

describe('the size of a request', () => {
  const bodyOf = (bytes: number) => `{"a":"${'a'.repeat(bytes - 8)}"}`;

  it('may be 16 MB', async () => {
    expect(await ask({ body: bodyOf(16 * 1024 * 1024) })).toMatchObject({ status: 200 });
  });

  it('may not be more', async () => {
    expect(await ask({ body: bodyOf(16 * 1024 * 1024 + 1) })).toMatchObject({ status: 413, text: '' });
  });
});

it('goes on when a client goes away in the middle of its request', async () => {
  const socket = connect(Number(new URL(db.endpoint).port), '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{');
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.destroy();
  expect(await ask({})).toMatchObject({ status: 200 });
});

it('says that a port is in use, and what to do', async () => {
  const port = Number(new URL(db.endpoint).port);
  await expect(start({ port })).rejects.toThrow(`port ${port} is in use: choose another`);
});
