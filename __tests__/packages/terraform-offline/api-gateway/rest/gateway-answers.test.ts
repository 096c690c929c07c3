import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import type { RestApi } from '../../../../../packages/terraform-offline/terraform/model/rest-api';
import {
  echoFunction,
  functionError,
  noCallers,
  type Outcome,
  request,
  restApi,
  restMethod,
  run,
  success,
} from '../support';

const api = restApi([
  'POST /data',
  restMethod('GET /unfinished', { integration: undefined }),
  restMethod('GET /key', { apiKeyRequired: true }),
]);
const post = { method: 'POST', body: '{}' };
const send = (sent = request('/data', post), outcome?: Outcome, of: RestApi = api) =>
  run((dependencies) => restGateway(of, dependencies), sent, outcome);

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
describe('without gateway responses in the stack, AWS’s own answer comes', () => {
  const ok = success({ statusCode: 200 });
  const tooMany = { outcome: 'refused', reason: 'throttled', message: 'Rate Exceeded.' } as const;
  const tooLarge = { outcome: 'refused', reason: 'request-too-large', message: 'larger than 6 MB' } as const;

  it.each([
    [
      'an unknown route',
      request('/nothing'),
      ok,
      403,
      'Missing Authentication Token',
      'MissingAuthenticationTokenException',
    ],
    [
      'an unknown method',
      request('/data'),
      ok,
      403,
      'Missing Authentication Token',
      'MissingAuthenticationTokenException',
    ],
    ['no API key', request('/key'), ok, 403, 'Forbidden', 'ForbiddenException'],
    [
      'no integration',
      request('/unfinished'),
      ok,
      500,
      'Internal server error',
      'InternalServerErrorException',
    ],
    [
      'a throwing handler',
      request('/data', post),
      functionError('boom'),
      502,
      'Internal server error',
      'InternalServerErrorException',
    ],
    [
      'a malformed response',
      request('/data', post),
      success('hello'),
      502,
      'Internal server error',
      'InternalServerErrorException',
    ],
    [
      'a throttled function',
      request('/data', post),
      tooMany,
      500,
      'Internal server error',
      'InternalServerErrorException',
    ],
    [
      'an event over 6 MB',
      request('/data', post),
      tooLarge,
      413,
      'Request Too Long',
      'RequestTooLargeException',
    ],
    [
      'a body over 10 MB',
      request('/data', { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024 + 1) }),
      ok,
      413,
      'HTTP content length exceeded 10485760 bytes.',
      'RequestTooLargeException',
    ],
  ])('%s', async (_, sent, outcome, status, message, errorType) => {
    const { response, headers } = await send(sent, outcome);
    expect(response.status).toBe(status);
    expect(response.body).toBe(JSON.stringify({ message }));
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-amzn-errortype': errorType,
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown,
      'x-amz-apigw-id': expect.stringMatching(/^[\w-]{15}=$/) as unknown,
    });
  });

  test('a body of exactly 10 MB passes', async () => {
    const { response } = await send(
      request('/data', { method: 'POST', body: Buffer.alloc(10 * 1024 * 1024) }),
    );
    expect(response.status).toBe(200);
  });
});

describe('the stack’s gateway responses', () => {
  const shaped = restApi(['POST /data'], {
    stageVariables: { contact: 'ops@example.org' },
    gatewayResponses: {
      MISSING_AUTHENTICATION_TOKEN: {
        statusCode: 404,
        parameters: {
          'gatewayresponse.header.Content-Type': "'application/problem+json'",
          'gatewayresponse.header.Access-Control-Allow-Origin': 'method.request.header.Origin',
          'gatewayresponse.header.X-Request': 'context.requestId',
        },
        templates: {
          'application/json':
            '{"status":404,"detail":$context.error.messageString,"type":"$context.error.responseType","path":"$context.path","contact":"$stageVariables.contact","none":"$context.nothing"}',
        },
      },
      DEFAULT_5XX: {
        statusCode: undefined,
        parameters: {},
        templates: { 'application/json': '{"oops":"$context.error.message"}' },
      },
      INTEGRATION_FAILURE: { statusCode: 504, parameters: {}, templates: {} },
    },
  });

  test('give status, headers and body, by substitution alone', async () => {
    const sent = request('/none', { prefix: '/prod', headers: [['Origin', 'https://example.com']] });
    const { response, headers } = await send(sent, undefined, shaped);
    expect(response.status).toBe(404);
    expect(JSON.parse(response.body as string)).toEqual({
      status: 404,
      detail: 'Missing Authentication Token',
      type: 'MISSING_AUTHENTICATION_TOKEN',
      path: '/prod/none',
      contact: 'ops@example.org',
      none: '',
    });
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json',
      'access-control-allow-origin': 'https://example.com',
      'x-request': headers['x-amzn-requestid'],
    });
  });

  test('DEFAULT_5XX shapes the types that have none, and leaves their status', async () => {
    const { response } = await send(undefined, functionError('boom'), shaped);
    expect(response).toMatchObject({ status: 502, body: '{"oops":"Internal server error"}' });
  });

  // https://repost.aws/questions/QUL-z6rJbmR4meafB7MzYXxw
  test('a status set for INTEGRATION_FAILURE is what a throttled function answers', async () => {
    const refused = { outcome: 'refused', reason: 'throttled', message: 'Rate Exceeded.' } as const;
    expect((await send(undefined, refused, shaped)).response.status).toBe(504);
  });
});

test('an integration timeout answers 504 and says so in the log', async () => {
  jest.useFakeTimers();
  try {
    const pending = send(undefined, new Promise(() => undefined));
    await jest.advanceTimersByTimeAsync(28_999);
    await jest.advanceTimersByTimeAsync(1);
    const { response, log } = await pending;
    expect(response).toMatchObject({ status: 504, body: '{"message":"Endpoint request timed out"}' });
    expect(log).toEqual(['POST /data: echo did not answer within 29000 ms']);
  } finally {
    jest.useRealTimers();
  }
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html: 10,240 bytes of all header values together
test.each([
  [10_240, 200],
  [10_241, 431],
])('header values of %d bytes answer %d', async (size, status) => {
  const headers = [
    ['Cookie', 'a'.repeat(size - 5)],
    ['X-Other', 'abcde'],
  ] as const;
  const { response } = await run(
    (d) => restGateway(restApi(['GET /data']), d),
    request('/data', { headers }),
  );
  expect(response.status).toBe(status);
  if (status === 431) expect(response.body).toBe('{"message":"HTTP header is larger than 10240 bytes."}');
});

test('throttling is enforced only when asked for, a method’s own in place of the stage’s', async () => {
  const throttled = restApi(
    ['GET /data', restMethod('GET /own', { throttling: { rateLimit: 1, burstLimit: 1 } })],
    { throttling: { rateLimit: 1, burstLimit: 2 } },
  );
  const statuses = async (enforceThrottling: boolean) => {
    const gateway = restGateway(throttled, {
      invoke: () => Promise.resolve(success({ statusCode: 200 })),
      invokeAsync: () => undefined,
      functionByArn: () => echoFunction(),
      ...noCallers(),
      log: () => undefined,
      enforceThrottling,
    });
    const paths = ['/own', '/own', '/data', '/data', '/data'];
    const all = await Promise.all(paths.map((path) => gateway(request(path))));
    return all.map(({ status }) => status);
  };
  expect(await statuses(true)).toEqual([200, 429, 200, 200, 429]);
  expect(await statuses(false)).toEqual([200, 200, 200, 200, 200]);
});
