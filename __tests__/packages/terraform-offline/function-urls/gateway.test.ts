import path from 'node:path';
import { headerPairs } from '../../../../packages/terraform-offline/server/message';
import { type Cloud, serve } from '../../../../packages/terraform-offline/cloud';
import { credentialsFor } from '../../../../packages/terraform-offline/iam/credentials';
import { signed } from '../api-gateway/authorizers/signing';

let cloud: Cloud;
let urls: Record<'greeter' | 'live' | 'streamer' | 'signed', string>;
let stackUrl: string;

beforeAll(async () => {
  cloud = await serve({ folder: path.resolve('__tests__/fixtures/projects/function-urls') });
  stackUrl = `${cloud.url}/function-urls`;
  urls = cloud.model().stacks[0]!.outputs.urls as typeof urls;
}, 30_000);
afterAll(() => cloud.close());

it('has them below their stack, by function and alias', () => {
  expect(urls).toEqual({
    greeter: `${stackUrl}/function-urls/greeter/`,
    live: `${stackUrl}/function-urls/greeter:live/`,
    streamer: `${stackUrl}/function-urls/streamer/`,
    signed: `${stackUrl}/function-urls/streamer:signed/`,
  });
  expect(cloud.model().stacks[0]!.outputs.url_id).toMatch(/^[a-z0-9]{32}$/);
});

// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html and, captured,
// https://github.com/hotsock/voker/blob/main/vokerhttp/testdata/functionurl-request.json
it('hands over an event of payload 2.0, its path as it was sent, cookies among the headers too', async () => {
  const response = await fetch(`${urls.greeter}capture/space%20value?repeat=one&repeat=two&plus=a%2Bb`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: 'a=1; b=2', 'user-agent': 'tester' },
    body: '{"a":1}',
  });
  expect(response.status).toBe(201);
  const event = (await response.json()) as Record<string, unknown>;
  expect(event).toMatchObject({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/capture/space%20value',
    rawQueryString: 'repeat=one&repeat=two&plus=a%2Bb',
    cookies: ['a=1', 'b=2'],
    headers: { cookie: 'a=1; b=2', 'content-length': '7', 'content-type': 'application/json' },
    queryStringParameters: { repeat: 'one,two', plus: 'a+b' },
    requestContext: {
      accountId: 'anonymous',
      apiId: cloud.model().stacks[0]!.outputs.url_id,
      http: {
        method: 'POST',
        path: '/capture/space value',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'tester',
      },
      requestId: response.headers.get('x-amzn-requestid'),
      routeKey: '$default',
      stage: '$default',
    },
    body: '{"a":1}',
    isBase64Encoded: false,
  });
  expect(event).not.toHaveProperty('pathParameters');
  expect(event).not.toHaveProperty('stageVariables');
});

it('answers cookies, JSON where no type is named, and what has no status as it is', async () => {
  const response = await fetch(urls.live);
  expect(response.headers.getSetCookie()).toEqual(['seen=1']);
  expect(response.headers.get('content-type')).toBe('application/json');

  const plain = await fetch(`${urls.live}plain`);
  expect([plain.status, plain.headers.get('content-type'), await plain.text()]).toEqual([
    200,
    'application/json',
    '"Hello"',
  ]);
});

it.each(['broken', 'malformed'])('answers 502 for a result that is %s', async (path) => {
  const response = await fetch(`${urls.live}${path}`);
  expect([response.status, await response.text()]).toEqual([502, 'Internal Server Error']);
});

// https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
describe('CORS', () => {
  const origin = 'https://app.example';

  it('answers preflight requests itself', async () => {
    const preflight = (from: string) =>
      fetch(urls.greeter, {
        method: 'OPTIONS',
        headers: { origin: from, 'access-control-request-method': 'POST' },
      });
    const response = await preflight(origin);
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'date,keep-alive',
      'access-control-max-age': '86400',
    });
    expect((await preflight('https://other.example')).headers.has('access-control-allow-origin')).toBe(false);
  });

  it('adds its headers beside those of the function', async () => {
    const response = await fetch(urls.greeter, { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBe(`https://own.example, ${origin}`);
    expect(response.headers.get('access-control-expose-headers')).toBe('x-total');
  });

  it('leaves a URL without it alone', async () => {
    const response = await fetch(urls.live, { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://own.example');
  });
});

it('answers a streamed response whole', async () => {
  const response = await fetch(urls.streamer);
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    202,
    'text/plain',
    'one two',
  ]);
});

describe('a URL whose requests are to be signed', () => {
  /** What somebody gets, by the credentials of a role or user. */
  async function send(name: string, service = 'lambda', rawQuery = '') {
    const caller = cloud.model().stacks[0]!.principals!.find((one) => one.name === name)!;
    const { host, pathname } = new URL(urls.signed);
    const { region } = cloud.model().stacks[0]!;
    const signing = { credentials: credentialsFor(caller), at: Date.now(), service, region };
    const { rawHeaders } = await signed({ path: pathname, headers: { host } }, signing);
    const headers = Object.fromEntries(headerPairs(rawHeaders).filter(([header]) => header !== 'host'));
    const response = await fetch(urls.signed + rawQuery, { headers });
    return [response.status, response.headers.get('x-amzn-errortype')];
  }

  it('lets in who has the policies, or a permission of the function’s', async () => {
    expect(await send('visitor')).toEqual([202, null]);
    expect(await send('greeter')).toEqual([202, null]);
  });

  // https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
  it('lets in nobody else', async () => {
    expect(await send('stranger')).toEqual([403, 'AccessDeniedException']);
    expect(await send('visitor', 'execute-api')).toEqual([403, 'InvalidSignatureException']);
    expect(await send('visitor', 'lambda', '?a=1')).toEqual([403, 'InvalidSignatureException']);
    const unsigned = await fetch(urls.signed);
    expect([unsigned.status, ((await unsigned.json()) as { Message: string }).Message]).toEqual([
      403,
      expect.stringMatching(/^Forbidden\./),
    ]);
  });
});
