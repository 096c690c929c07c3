import { httpGateway } from '../../../../../packages/terraform-offline/api-gateway/http/gateway';
import { httpApi, request, type RequestOptions, run } from '../support';

const api = httpApi(['$default', 'POST /users/{user-name}/orders/{order.name}', 'GET /items/{id}']);
const send = (target: string, options?: RequestOptions) =>
  run((dependencies) => httpGateway(api, dependencies), request(target, options));

/**
 * Captured from AWS:
 * (1) https://github.com/aws/aws-lambda-dotnet/blob/master/Tools/LambdaTestTool-v2/tests/Amazon.Lambda.TestTool.Tests.Common/HttpContextTestCases.cs
 * (2) https://github.com/hotsock/voker/tree/main/vokerhttp/testdata
 * (3) https://github.com/ministackorg/ministack/pull/766
 */
describe('paths', () => {
  // (2) ingress-paths.json, row by row
  it.each([
    ['/capture/plain', '/capture/plain'],
    ['/capture/space%20value', '/capture/space value'],
    ['/capture/question%3Fvalue', '/capture/question'],
    ['/capture/hash%23value', '/capture/hash#value'],
    ['/capture/slash%2Fvalue', '/capture/slash/value'],
    ['/capture/unicode-%CE%BB-%E4%B8%96%E7%95%8C', '/capture/unicode-λ-世界'],
    ['/capture/literal%252Fvalue', '/capture/literal/value'],
    ['/capture/literal%253Fvalue', '/capture/literal?value'],
    ['/capture/literal%2525value', '/capture/literal%value'],
  ])('%s', async (target, rawPath) => {
    const { event } = await send(target);
    expect(event).toMatchObject({ rawPath, requestContext: { http: { path: rawPath } } });
  });

  // (2) the tenth row
  test('one that cannot be decoded twice is refused', async () => {
    const { response, event } = await send('/capture/percent%25done');
    expect(response).toMatchObject({ status: 400, body: '{"message":"Bad Request"}' });
    expect(event).toBeUndefined();
  });

  // (1) V2_SpecialCharactersInPath, V2_UnicodeCharactersInPath
  it.each([
    ['****%20Doe', 'Summer%20Sale%202023', '**** Doe', 'Summer Sale 2023'],
    ['%E2%98%95%20Coffee', '%F0%9F%98%8A%20Happy', '☕ Coffee', '😊 Happy'],
    // https://stackoverflow.com/questions/69677023/aws-api-gateway-expects-the-request-url-to-be-encoded-twice
    ['a%252Fb', 'c', 'a/b', 'c'],
  ])('parameters %s and %s', async (user, order, userName, orderName) => {
    const { event } = await send(`/users/${user}/orders/${order}`, { method: 'POST' });
    expect(event).toMatchObject({
      routeKey: 'POST /users/{user-name}/orders/{order.name}',
      pathParameters: { 'user-name': userName, 'order.name': orderName },
      rawPath: `/users/${userName}/orders/${orderName}`,
    });
  });

  it.each([
    // The same question: encoded once, a slash is two segments.
    '/items/a%2Fb',
    // https://github.com/storacha/w3infra/pull/166: HTTP APIs do not know a slash at the end
    '/items/1/',
    '/Items/1',
    '/items/',
  ])('%s is not GET /items/{id}', async (target) => {
    expect((await send(target)).event).toMatchObject({ routeKey: '$default' });
  });

  // (1) V1_UnicodeCharactersInPathHttpV1.json in the integration tests' Snapshots
  test('payload 1.0 shows the path as sent, requestContext.path and parameters decoded', async () => {
    const v1 = httpApi(['GET /products/{name}'], {}, { payloadFormatVersion: '1.0' });
    const sent = request('/products/%E2%98%95%20Coffee');
    const { event } = await run((d) => httpGateway(v1, d), sent);
    expect(event).toMatchObject({
      resource: '/products/{name}',
      path: '/products/%E2%98%95%20Coffee',
      pathParameters: { name: '☕ Coffee' },
      requestContext: {
        path: '/products/☕ Coffee',
        resourceId: 'GET /products/{name}',
        resourcePath: '/products/{name}',
      },
    });
  });
});

describe('queries', () => {
  it.each([
    // (1) V2_UrlEncodedQueryString
    [
      'q=Hello%20World&tag=C%23%20Programming&tag=.NET%20Core',
      { q: 'Hello World', tag: 'C# Programming,.NET Core' },
    ],
    // (2) apigwv2-request.json
    [
      'repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&literalPlus=a+b&encodedPlus=a%2Bb&empty=',
      {
        repeat: 'one,two',
        redirect: 'https://example.com/a/b',
        literalPlus: 'a b',
        encodedPlus: 'a+b',
        empty: '',
      },
    ],
    // (2) paths.py
    ['marker=path-probe&value=a%3Fb%25c%23d', { marker: 'path-probe', value: 'a?b%c#d' }],
  ])('%s comes untouched, and decoded and joined', async (query, queryStringParameters) => {
    const { event } = await send(`/x?${query}`);
    expect(event).toMatchObject({ rawQueryString: query, queryStringParameters });
  });
});

describe('headers', () => {
  // (2) apigwv2-request.json
  test('are lower-case and joined; cookies stand apart', async () => {
    const { event } = await send('/x', {
      headers: [
        ['Host', 'sjzepsqsu5.execute-api.us-west-2.amazonaws.com'],
        ['X-Voker-Probe', 'first'],
        ['x-voker-probe', 'second'],
        ['Cookie', 'session=abc123; theme=dark'],
      ],
      sourceIp: '68.8.83.18',
    });
    expect(event?.cookies).toEqual(['session=abc123', 'theme=dark']);
    expect(event?.headers).toEqual({
      'content-length': '0',
      host: 'sjzepsqsu5.execute-api.us-west-2.amazonaws.com',
      'x-amzn-trace-id': expect.any(String) as unknown,
      'x-forwarded-for': '68.8.83.18',
      'x-forwarded-port': '80',
      'x-forwarded-proto': 'http',
      'x-voker-probe': 'first,second',
    });
  });

  test('a chunked body arrives whole, with its length', async () => {
    const headers = [['Transfer-Encoding', 'chunked']] as const;
    const { event } = await send('/x', { method: 'POST', headers, body: 'hello' });
    expect(event?.headers).toMatchObject({ 'content-length': '5' });
    expect(event?.headers).not.toHaveProperty('transfer-encoding');
  });
});

describe('bodies', () => {
  // (3) text for these media types alone
  it.each([
    ['text/plain', false],
    ['text/csv; charset=utf-8', false],
    ['application/json', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
    ['image/png', true],
    [undefined, true],
  ])('%s', async (type, isBase64Encoded) => {
    const headers = type ? ([['Content-Type', type]] as const) : [];
    const { event } = await send('/x', { method: 'POST', headers, body: 'λ=1' });
    expect(event).toMatchObject({
      isBase64Encoded,
      body: isBase64Encoded ? Buffer.from('λ=1').toString('base64') : 'λ=1',
    });
  });

  // (1) V2_BinaryContent
  test('bytes survive', async () => {
    const headers = [['Content-Type', 'application/octet-stream']] as const;
    const { event } = await send('/x', { method: 'POST', headers, body: Buffer.from([1, 2, 3, 4, 5]) });
    expect(event).toMatchObject({ body: 'AQIDBAU=', isBase64Encoded: true });
  });
});
