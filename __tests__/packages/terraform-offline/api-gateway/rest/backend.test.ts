import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import type {
  BackendIntegration,
  RestMethod,
} from '../../../../../packages/terraform-offline/terraform/model/rest-api';
import { request, type RequestOptions, restApi, restMethod, run } from '../support';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytes: Buffer;
}

/** What the endpoint saw, last first, and what it answers. */
let seen: Seen[] = [];
let answer: { status: number; headers: Record<string, string | string[]>; body: string | Buffer };
let server: Server;
let origin: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const bytes = Buffer.concat(chunks);
      seen.unshift({ method, url, headers, body: bytes.toString(), bytes });
      if (url !== '/slow') response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seen = [];
  answer = { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"from":"endpoint"}' };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** `ANY /pets/{proxy+}` over an HTTP integration at the endpoint; the method declares what its responses use. */
function send(
  path: string,
  integration: Partial<BackendIntegration>,
  options: RequestOptions = {},
  method: Partial<RestMethod> = {},
) {
  const responses = integration.responses ?? [];
  const api = restApi(
    [
      restMethod('ANY /pets/{proxy+}', {
        responses: responses.map(({ statusCode, parameters }) => ({
          statusCode,
          parameters: Object.fromEntries(Object.keys(parameters).map((name) => [name, false])),
        })),
        integration: {
          type: 'HTTP_PROXY',
          uri: `${origin}/api/{proxy}`,
          httpMethod: 'ANY',
          timeoutMs: 5000,
          insecure: false,
          passthroughBehavior: 'WHEN_NO_MATCH',
          requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
          requestTemplates: {},
          responses,
          ...integration,
        },
        ...method,
      }),
    ],
    { stageVariables: { kind: 'staged' }, binaryMediaTypes: ['image/png'] },
  );
  return run((dependencies) => restGateway(api, dependencies), request(path, options));
}

const ok = { statusCode: 200, selectionPattern: undefined, parameters: {}, templates: {} };

describe('HTTP_PROXY', () => {
  it('passes method, greedy path, query, headers and body on, and the answer back', async () => {
    answer = {
      status: 201,
      headers: { 'Content-Type': 'text/plain', 'X-Kind': 'cat', 'Set-Cookie': ['a=1', 'b=2'] },
      body: 'made',
    };
    const { response, event } = await send(
      '/pets/cats/1%202?size=big&size=small',
      {},
      {
        method: 'POST',
        headers: [
          ['Host', 'localhost'],
          ['Content-Type', 'text/plain'],
          ['Authorization', 'Bearer t'],
          ['X-Mine', 'yes'],
        ],
        body: 'a cat',
      },
    );

    expect(seen).toMatchObject([
      {
        method: 'POST',
        url: '/api/cats/1%202?size=big&size=small',
        body: 'a cat',
        headers: { 'content-type': 'text/plain', authorization: 'Bearer t', 'x-mine': 'yes' },
      },
    ]);
    expect([response.status, response.body.toString()]).toEqual([201, 'made']);
    expect(response.headers).toEqual(
      expect.arrayContaining([
        ['Content-Type', 'text/plain'],
        ['X-Kind', 'cat'],
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ]),
    );
    expect(event).toBeUndefined();
  });

  // https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_http.snapshot.json
  it('adds what API Gateway adds, and keeps its own host and encodings back', async () => {
    await send(
      '/pets/1',
      {},
      {
        headers: [
          ['Host', 'localhost'],
          ['Via', '1.1 proxy'],
          ['Content-Encoding', 'br'],
          ['X-Forwarded-For', '192.0.2.7'],
        ],
      },
    );
    const { headers } = seen[0]!;
    expect(headers).toMatchObject({
      host: new URL(origin).host,
      accept: 'application/json',
      'user-agent': 'AmazonAPIGateway_gy415nuibc',
      'x-amzn-apigateway-api-id': 'gy415nuibc',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-/) as string,
      'x-forwarded-for': '192.0.2.7, 127.0.0.1',
    });
    expect(headers).not.toHaveProperty('via');
    expect(headers).not.toHaveProperty('content-encoding');
    expect(headers).not.toHaveProperty('content-type');
  });

  it('adds what is mapped: a header in place of the client’s, a query parameter besides it', async () => {
    const requestParameters = {
      'integration.request.path.proxy': 'method.request.path.proxy',
      'integration.request.header.X-Kind': "'mapped'",
      'integration.request.header.X-Stage': 'stageVariables.kind',
      'integration.request.querystring.size': 'context.httpMethod',
      'integration.request.querystring.none': 'method.request.querystring.absent',
    };
    await send('/pets/1?size=big', { requestParameters }, { headers: [['X-Kind', 'sent']] });
    expect(seen[0]!.url).toBe('/api/1?size=big&size=GET');
    expect(seen[0]!.headers).toMatchObject({ 'x-kind': 'mapped', 'x-stage': 'staged' });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
  it('renames and drops headers of the answer as AWS does', async () => {
    answer.headers = {
      Server: 'nginx',
      Date: 'Sun, 06 Nov 1994 08:49:37 GMT',
      'WWW-Authenticate': 'Basic',
      Via: '1.1 proxy',
      ETag: '"1"',
    };
    const { headers } = await send('/pets/1', {});
    expect(headers).toMatchObject({
      'x-amzn-remapped-server': 'nginx',
      'x-amzn-remapped-date': 'Sun, 06 Nov 1994 08:49:37 GMT',
      'x-amzn-remapped-www-authenticate': 'Basic',
      'content-type': 'application/json',
      etag: '"1"',
    });
    for (const name of ['server', 'date', 'www-authenticate', 'via'])
      expect(headers).not.toHaveProperty(name);
  });

  it('hands the endpoint’s errors on', async () => {
    answer.status = 503;
    expect((await send('/pets/1', {})).response.status).toBe(503);
  });

  it('uses the integration’s own method, and sends no body with GET', async () => {
    await send('/pets/1', { httpMethod: 'GET' }, { method: 'POST', body: 'dropped' });
    expect(seen).toMatchObject([{ method: 'GET', body: '' }]);
  });
});

describe('HTTP', () => {
  const integration: Partial<BackendIntegration> = {
    type: 'HTTP',
    httpMethod: 'POST',
    uri: '',
    responses: [
      ok,
      {
        ...ok,
        statusCode: 404,
        selectionPattern: '4\\d{2}',
        templates: { 'application/json': '{"gone":true}' },
      },
    ],
  };
  const custom = (more: Partial<BackendIntegration>) => ({ ...integration, uri: `${origin}/v1`, ...more });

  it('sends what is mapped and nothing else', async () => {
    const requestParameters = {
      'integration.request.header.X-Name': 'method.request.header.Name',
      'integration.request.header.X-All': 'method.request.multivalueheader.Name',
      'integration.request.querystring.id': 'method.request.path.proxy',
      'integration.request.querystring.last': 'method.request.querystring.tag',
      'integration.request.querystring.tags': 'method.request.multivaluequerystring.tag',
      'integration.request.header.X-Body': 'method.request.body.owner.name',
    };
    await send('/pets/7?tag=a%20b&tag=c&hidden=1', custom({ requestParameters }), {
      method: 'PUT',
      headers: [
        ['Name', 'Ann'],
        ['Name', 'Bob'],
        ['Content-Type', 'application/json'],
        ['X-Hidden', '1'],
      ],
      body: '{"owner":{"name":"Eve"}}',
    });
    const { url, headers, method, body } = seen[0]!;
    expect({ method, body }).toEqual({ method: 'POST', body: '{"owner":{"name":"Eve"}}' });
    expect(url).toBe('/v1?id=7&last=c&tags=a%20b&tags=c');
    expect(headers).toMatchObject({
      'x-name': 'Bob',
      'x-all': 'Ann,Bob',
      'x-body': 'Eve',
      'content-type': 'application/json',
      accept: 'application/json',
    });
    expect(headers).not.toHaveProperty('x-hidden');
    expect(headers).not.toHaveProperty('x-forwarded-for');
  });

  it('makes the body of a template, which can set parameters too', async () => {
    const template = `#set($context.requestOverride.header.X-Kind = "override")#set($context.requestOverride.querystring.q = "1")#set($context.requestOverride.path.id = "9"){"id":"$input.params('proxy')"}`;
    await send(
      '/pets/7',
      custom({
        uri: `${origin}/v1/{id}`,
        requestParameters: {
          'integration.request.path.id': 'method.request.path.proxy',
          'integration.request.header.X-Kind': "'mapped'",
        },
        requestTemplates: { 'application/json': template },
      }),
      { method: 'POST', body: '{}' },
    );
    expect(seen[0]).toMatchObject({
      url: '/v1/9?q=1',
      headers: { 'x-kind': 'override' },
      body: '{"id":"7"}',
    });
  });

  it('sends bytes of a binary media type as they are', async () => {
    const bytes = Buffer.from([0x89, 0x50, 0xff]);
    await send('/pets/1', custom({}), {
      method: 'POST',
      headers: [['Content-Type', 'image/png']],
      body: bytes,
    });
    expect(seen[0]!.bytes).toEqual(bytes);
  });

  it('chooses the integration response by the endpoint’s status, and maps its headers and body', async () => {
    answer.headers.ETag = '"1"';
    const responses = [
      {
        ...ok,
        parameters: {
          'method.response.header.X-Tag': 'integration.response.header.ETag',
          'method.response.header.X-From': 'integration.response.body.from',
        },
      },
    ];
    const found = await send('/pets/1', custom({ responses }));
    expect(found.response).toMatchObject({ status: 200, body: '{"from":"endpoint"}' });
    expect(found.headers).toMatchObject({ 'x-tag': '"1"', 'x-from': 'endpoint' });
    expect(found.headers).not.toHaveProperty('etag');

    answer.status = 410;
    const missing = await send('/pets/1', custom({}));
    expect(missing.response).toMatchObject({ status: 404, body: '{"gone":true}' });
  });

  it('sends values whole that are mapped into the path, and question marks for what no header holds', async () => {
    const requestParameters = {
      'integration.request.path.id': 'method.request.querystring.id',
      'integration.request.header.X-Name': 'method.request.body.name',
    };
    await send(
      '/pets/1?id=50%25%20off%3F%23%C3%BC',
      custom({ uri: `${origin}/v1/{id}/x`, requestParameters }),
      {
        method: 'POST',
        body: '{"name":"Zoë 日本"}',
      },
    );
    expect(decodeURIComponent(seen[0]!.url)).toBe('/v1/50% off?#ü/x');
    expect(seen[0]!.url).not.toMatch(/[?#]/);
    expect(seen[0]!.headers['x-name']).toBe('Zoë ??');
  });

  it('refuses to send a header with a line end in it', async () => {
    const requestParameters = { 'integration.request.header.X-Name': 'method.request.body.name' };
    const { response } = await send('/pets/1', custom({ requestParameters }), {
      method: 'POST',
      body: '{"name":"a\\r\\nHost: b"}',
    });
    expect([response.status, seen]).toEqual([500, []]);
  });

  it('answers 400 where a mapping looks into a body that is no JSON', async () => {
    const requestParameters = { 'integration.request.header.X-Body': 'method.request.body.owner' };
    const { response } = await send('/pets/1', custom({ requestParameters }), {
      method: 'POST',
      body: '{no',
    });
    expect(response).toMatchObject({ status: 400, body: '{"message":"Invalid JSON in request body"}' });
    expect(seen).toEqual([]);
  });
});

describe('without an answer', () => {
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
  it.each<[string, () => Partial<BackendIntegration>, number, string]>([
    [
      'nothing listens',
      () => ({ uri: 'http://127.0.0.1:9/' }),
      504,
      'Network error communicating with endpoint',
    ],
    [
      'it takes too long',
      () => ({ uri: `${origin}/slow`, timeoutMs: 50 }),
      504,
      'Endpoint request timed out',
    ],
    ['a parameter of the URI is not mapped', () => ({ requestParameters: {} }), 500, 'Internal server error'],
    [
      'a header of API Gateway’s own is mapped',
      () => ({
        requestParameters: {
          'integration.request.header.Content-Length': "'7'",
          'integration.request.path.proxy': "'1'",
        },
      }),
      500,
      'Internal server error',
    ],
  ])('when %s', async (_, integration, status, message) => {
    const { response, log } = await send('/pets/1', integration());
    expect(response).toMatchObject({ status, body: JSON.stringify({ message }) });
    expect(log).toHaveLength(1);
  });
});
