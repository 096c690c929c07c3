import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpGateway } from '../../../../../packages/terraform-offline/api-gateway/http/gateway';
import type { BackendHttpIntegration } from '../../../../../packages/terraform-offline/terraform/model/http-api';
import { httpApi, request, run } from '../support';

let backend: Server;
let endpoint: string;
const seen: { method?: string; url?: string; headers: IncomingMessage['headers']; body: string }[] = [];

beforeAll(async () => {
  backend = createServer((message, response) => {
    message.setEncoding('utf8');
    let body = '';
    message.on('data', (text: string) => (body += text));
    message.on('end', () => {
      const { method = '', url = '', headers } = message;
      seen.push({ method, url, headers, body });
      response.writeHead(418, ['X-Pot', 'short', 'Set-Cookie', 'a=1', 'Set-Cookie', 'b=2']);
      response.end('stout');
    });
  });
  backend.listen(0, '127.0.0.1');
  await once(backend, 'listening');
  endpoint = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`;
});
beforeEach(() => seen.splice(0));
afterAll(() => backend.close());

async function send(routeKey: string, target: string, more: Partial<BackendHttpIntegration> = {}) {
  const integration = { uri: `${endpoint}/teas`, method: 'ANY', timeoutMs: 30_000, ...more };
  const api = httpApi([{ routeKey, integration }]);
  const sent = request(target, {
    method: 'POST',
    headers: [
      ['Host', 'teas.example'],
      ['Connection', 'close'],
      ['Content-Length', '5'],
      ['Content-Type', 'text/plain'],
      ['Forwarded', 'for=forged'],
      ['X-Own', 'kept'],
    ],
    body: 'brew!',
    sourceIp: '192.0.2.1',
  });
  const { response, headers, log } = await run((all) => httpGateway(api, all), sent);
  return { response, headers, log, got: seen.at(-1) };
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html
it('passes the request on, and the answer back', async () => {
  const { response, got } = await send('POST /teas', '/teas?kind=green&kind=a%20b');

  expect(got).toMatchObject({ method: 'POST', url: '/teas?kind=green&kind=a%20b', body: 'brew!' });
  expect(got!.headers).toMatchObject({
    host: endpoint.replace('http://', ''),
    'content-type': 'text/plain',
    'content-length': '5',
    'x-own': 'kept',
    via: 'HTTP/1.1 AmazonAPIGateway',
    forwarded: 'by=127.0.0.1;for=192.0.2.1;host=teas.example;proto=http',
  });
  expect(got!.headers).not.toHaveProperty('x-forwarded-for');
  expect([response.status, response.body.toString()]).toEqual([418, 'stout']);
  expect(response.headers).toEqual(
    expect.arrayContaining([
      ['X-Pot', 'short'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]),
  );
  expect(response.headers.map(([name]) => name.toLowerCase())).not.toContain('connection');
});

it('puts path parameters into the URI, encoded, greedy ones with their slashes', async () => {
  const uri = `${endpoint}/v1/{proxy}?fixed=1`;
  expect((await send('ANY /{proxy+}', '/a/b%20c?x=1', { uri })).got!.url).toBe('/v1/a/b%20c?fixed=1&x=1');
  const single = `${endpoint}/v1/{id}`;
  expect((await send('ANY /teas/{id}', '/teas/a%20b', { uri: single })).got!.url).toBe('/v1/a%20b');
});

it('sends the integration’s method, and the path that a mapping gives', async () => {
  const requestParameters = [
    { action: 'overwrite', location: 'path', name: '', value: '/brewed/${request.path.id}' },
    { action: 'append', location: 'querystring', name: 'by', value: 'gateway' },
  ] as const;
  const { got } = await send('POST /teas/{id}', '/teas/7?x=1', { method: 'PUT', requestParameters });
  expect(got).toMatchObject({ method: 'PUT', url: '/brewed/7?x=1&by=gateway' });
});

it('answers 503 where there is nobody, and 500 for an address that is none, saying why', async () => {
  const nobody = await send('POST /teas', '/teas', { uri: 'http://127.0.0.1:1/' });
  expect([nobody.response.status, nobody.response.body]).toEqual([503, '{"message":"Service Unavailable"}']);
  expect(nobody.log.join()).toContain('http://127.0.0.1:1/');
  const none = await send('POST /teas', '/teas', { uri: 'http://' });
  expect([none.response.status, none.response.body]).toEqual([500, '{"message":"Internal Server Error"}']);
});

it('answers 503 when the endpoint takes longer than the integration’s timeout', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const uri = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  expect((await send('POST /teas', '/teas', { uri, timeoutMs: 50 })).response.status).toBe(503);
  silent.close();
});
