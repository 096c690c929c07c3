import { httpGateway } from '../../../../../packages/terraform-offline/api-gateway/http/gateway';
import type { HttpApi, HttpRoute } from '../../../../../packages/terraform-offline/terraform/model/http-api';
import {
  echoFunction,
  functionArn,
  functionError,
  httpApi,
  noCallers,
  type Outcome,
  request,
  run,
  success,
} from '../support';

const integration = { functionArn, payloadFormatVersion: '2.0', timeoutMs: 30_000 } as const;
const route = (routeKey: string, more: Partial<HttpRoute>): HttpRoute => ({
  routeKey,
  integration,
  ...more,
});
const api = httpApi(['POST /items', route('GET /unfinished', { integration: undefined })]);
const post = { method: 'POST', body: '{}' };
const send = (sent = request('/items', post), outcome?: Outcome, of: HttpApi = api) =>
  run((dependencies) => httpGateway(of, dependencies), sent, outcome);

describe('the gateway’s own answers', () => {
  const ok = success({ statusCode: 200 });
  const refused = (reason: 'throttled' | 'request-too-large' | 'not-found') =>
    ({ outcome: 'refused', reason, message: 'no' }) as const;
  const tooLarge = Buffer.alloc(10 * 1024 * 1024 + 1);

  it.each([
    ['an unknown route', request('/nothing'), ok, 404, 'Not Found'],
    ['an unknown method', request('/items'), ok, 404, 'Not Found'],
    ['no integration', request('/unfinished'), ok, 500, 'Internal Server Error'],
    ['a throwing handler', request('/items', post), functionError('boom'), 500, 'Internal Server Error'],
    [
      'a malformed response',
      request('/items', post),
      success({ statusCode: 'OK' }),
      500,
      'Internal Server Error',
    ],
    [
      'an event over 6 MB',
      request('/items', post),
      refused('request-too-large'),
      413,
      'Request Entity Too Large',
    ],
    [
      'a body over 10 MB',
      request('/items', { method: 'POST', body: tooLarge }),
      ok,
      413,
      'Request Entity Too Large',
    ],
    ['a throttled function', request('/items', post), refused('throttled'), 503, 'Service Unavailable'],
    ['a missing function', request('/items', post), refused('not-found'), 500, 'Internal Server Error'],
  ])('%s', async (_, sent, outcome, status, message) => {
    const { response, headers } = await send(sent, outcome);
    expect(response).toMatchObject({ status, body: JSON.stringify({ message }) });
    expect(headers).toEqual({
      'content-type': 'application/json',
      'apigw-requestid': expect.stringMatching(/^[\w-]{15}=$/) as unknown,
    });
  });

  test('an integration timeout is 503', async () => {
    jest.useFakeTimers();
    try {
      const pending = send(undefined, new Promise(() => undefined));
      await jest.advanceTimersByTimeAsync(30_000);
      const { response, log } = await pending;
      expect(response).toMatchObject({ status: 503, body: '{"message":"Service Unavailable"}' });
      expect(log).toEqual(['POST /items: echo did not answer within 30000 ms']);
    } finally {
      jest.useRealTimers();
    }
  });

  test('throttling, where it is enforced, is 429', async () => {
    const throttled = httpApi(['GET /items'], { throttling: { rateLimit: 1, burstLimit: 1 } });
    const gateway = httpGateway(throttled, {
      invoke: () => Promise.resolve(ok),
      invokeAsync: () => undefined,
      functionByArn: () => echoFunction(),
      ...noCallers(),
      log: () => undefined,
      enforceThrottling: true,
    });
    expect((await gateway(request('/items'))).status).toBe(200);
    expect(await gateway(request('/items'))).toMatchObject({
      status: 429,
      body: '{"message":"Too Many Requests"}',
    });
  });
});

describe('the function’s resource-based policy', () => {
  const arn = 'arn:aws:execute-api:us-east-1:123456789012:id';

  it.each([
    ['GET /items/{id}', `${arn}/$default/GET/items/*`, 200],
    // https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-apigatewayv2-integrations/lib/http/lambda.ts
    ['GET /items/{id}', `${arn}/*/*/items/{id}`, 200],
    ['GET /items/{id}', `${arn}/*`, 200],
    ['GET /items/{id}', `${arn}/$default/POST/items/*`, 500],
    ['GET /items/{id}', `${arn}/prod/GET/items/*`, 500],
    // https://github.com/aws/serverless-application-model/issues/1860
    ['$default', `${arn}/*/$default`, 200],
    ['$default', `${arn}/*/*/$default`, 500],
  ])('%s from %s', async (routeKey, sourceArn, status) => {
    const fn = echoFunction([sourceArn]);
    const { response, log } = await run(
      (d) => httpGateway(httpApi([routeKey]), d),
      request('/items/1'),
      undefined,
      fn,
    );
    expect(response.status).toBe(status);
    expect(log).toHaveLength(status === 200 ? 0 : 1);
  });
});
