import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import { request, type RequestOptions, restApi, run } from '../support';

const api = restApi(
  ['ANY /{proxy+}', 'GET /hardcoded', 'POST /users/{user-name}/orders/{order.name}', 'GET /only/get'],
  {
    binaryMediaTypes: ['application/octet-stream', 'image/*'],
  },
);
const send = (target: string, options?: RequestOptions) =>
  run((dependencies) => restGateway(api, dependencies), request(target, options));

/**
 * Captured from AWS:
 * (1) https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_lambda.snapshot.json
 * (2) https://github.com/aws/aws-lambda-dotnet/blob/master/Tools/LambdaTestTool-v2/tests/Amazon.Lambda.TestTool.Tests.Common/HttpContextTestCases.cs
 * (3) https://github.com/hotsock/voker/tree/main/vokerhttp/testdata
 */
describe('paths', () => {
  it.each<[string, string, Record<string, string> | null, string]>([
    // (1) invocation-payload-with-trailing-slash
    ['/test-path/', '/test-path/', { proxy: 'test-path' }, '/stage/test-path/'],
    // (1) invocation-payload-with-path-encoded-email: parameters are not decoded
    [
      '/api/user/test%2Balias@gmail.com/plus/test+alias@gmail.com',
      '/api/user/test%2Balias@gmail.com/plus/test+alias@gmail.com',
      { proxy: 'api/user/test%2Balias@gmail.com/plus/test+alias@gmail.com' },
      '/stage/api/user/test%2Balias@gmail.com/plus/test+alias@gmail.com',
    ],
    // (1) invocation-hardcoded: slashes at the start count once, but in requestContext.path
    ['//hardcoded', '/hardcoded', null, '/stage//hardcoded'],
    // (3) ingress-paths.json: REST APIs hand every path on as it came
    ...[
      '/capture/space%20value',
      '/capture/question%3Fvalue',
      '/capture/percent%25done',
      '/capture/hash%23value',
      '/capture/slash%2Fvalue',
      '/capture/unicode-%CE%BB-%E4%B8%96%E7%95%8C',
      '/capture/literal%252Fvalue',
    ].map(
      (path) =>
        [path, path, { proxy: path.slice(1) }, `/stage${path}`] as [
          string,
          string,
          Record<string, string>,
          string,
        ],
    ),
  ])('%s', async (target, path, pathParameters, contextPath) => {
    const { event } = await send(target, { prefix: '/stage' });
    expect(event).toMatchObject({ path, pathParameters, requestContext: { path: contextPath } });
  });

  // (2) V1_SpecialCharactersInPath, V1_UnicodeCharactersInPath
  it.each([
    ['****%20Doe', 'Summer%20Sale%202023'],
    ['%E2%98%95%20Coffee', '%F0%9F%98%8A%20Happy'],
    // An encoded slash stays within its segment.
    ['a%2Fb', 'c%2Fd'],
  ])('parameters %s and %s', async (user, order) => {
    const { event } = await send(`/users/${user}/orders/${order}`, { method: 'POST' });
    expect(event).toMatchObject({
      resource: '/users/{user-name}/orders/{order.name}',
      pathParameters: { 'user-name': user, 'order.name': order },
    });
  });
});

describe('routing', () => {
  const missing = '{"message":"Missing Authentication Token"}';

  it.each([
    ['GET', '/hardcoded', '/hardcoded'],
    ['GET', '/hardcoded/', '/hardcoded'],
    ['GET', '/Hardcoded', '/{proxy+}'],
    ['GET', '/only/get', '/only/get'],
    ['GET', '/only/got', '/{proxy+}'],
    ['HEAD', '/anything', '/{proxy+}'],
    ['OPTIONS', '/anything', '/{proxy+}'],
  ])('%s %s → %s', async (method, path, resource) => {
    expect((await send(path, { method })).event).toMatchObject({ resource, httpMethod: method });
  });

  // The resource is found before its method, and neither HEAD nor OPTIONS comes with GET.
  it.each([
    ['POST', '/only/get'],
    ['HEAD', '/only/get'],
    ['OPTIONS', '/only/get'],
    ['TRACE', '/anything'],
    // https://github.com/aws/chalice/pull/588: a parameter is never empty
    ['GET', '/'],
  ])('%s %s is not found', async (method, path) => {
    const { response, event } = await send(path, { method });
    expect(response).toMatchObject({ status: 403, body: method === 'HEAD' ? '' : missing });
    expect(event).toBeUndefined();
  });

  test.each(['', '/', '//'])('the stage’s URL followed by "%s" is its root', async (path) => {
    const of = restApi(['GET /', 'GET /{proxy+}']);
    const { event } = await run((d) => restGateway(of, d), request(path, { prefix: '/stage' }));
    expect(event).toMatchObject({ resource: '/', requestContext: { path: `/stage${path}` } });
  });

  test('a parameter before a greedy one, a literal before both', async () => {
    const of = restApi(['GET /a/b', 'GET /a/{x}', 'GET /a/{proxy+}', 'GET /a/{x}/c']);
    const resource = async (path: string) =>
      (await run((d) => restGateway(of, d), request(path))).event?.resource;
    expect(await resource('/a/b')).toBe('/a/b');
    expect(await resource('/a/z')).toBe('/a/{x}');
    expect(await resource('/a/z/c')).toBe('/a/{x}/c');
    expect(await resource('/a/z/d')).toBe('/a/{proxy+}');
  });
});

describe('queries', () => {
  it.each([
    // (1) invocation-payload-with-params-encoding
    [
      'dateTimeOffset=2023-06-12T18:05:10.123456+00:00',
      { dateTimeOffset: ['2023-06-12T18:05:10.123456 00:00'] },
    ],
    [
      'email=test%2Balias@gmail.com&plus=test+alias@gmail.com',
      { email: ['test+alias@gmail.com'], plus: ['test alias@gmail.com'] },
    ],
    ['url=https://www.google.com/', { url: ['https://www.google.com/'] }],
    ['whitespace=foo%20bar', { whitespace: ['foo bar'] }],
    // (1) invocation-payload-with-params-encoding-multi
    [
      'category=electronics&category=books&price=10&price=20&price=30',
      { category: ['electronics', 'books'], price: ['10', '20', '30'] },
    ],
    // (3) apigwv1-request.json
    [
      'repeat=one&repeat=two&redirect=https%3A%2F%2Fexample.com%2Fa%2Fb&literalPlus=a+b&encodedPlus=a%2Bb&empty=',
      {
        repeat: ['one', 'two'],
        redirect: ['https://example.com/a/b'],
        literalPlus: ['a b'],
        encodedPlus: ['a+b'],
        empty: [''],
      },
    ],
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html: case counts, a semicolon splits
    ['a=1&A=2', { a: ['1'], A: ['2'] }],
    ['a=1;b=2', { a: ['1'], b: ['2'] }],
  ])('%s', async (query, all) => {
    const { event } = await send(`/x?${query}`);
    expect(event?.multiValueQueryStringParameters).toEqual(all);
    const last = Object.fromEntries(Object.entries(all).map(([name, values]) => [name, values.at(-1)]));
    expect(event?.queryStringParameters).toEqual(last);
  });
});

describe('headers', () => {
  const eventOf = async (headers: readonly (readonly [string, string])[]) =>
    (await send('/x', { headers, sourceIp: '192.0.2.1' })).event as {
      headers: Record<string, string>;
      multiValueHeaders: Record<string, string[]>;
    };

  // (1) the client's case, but for a few names; (3) the last of several values
  test('keep the client’s case', async () => {
    const { headers, multiValueHeaders } = await eventOf([
      ['tEsT-HEADeR', 'aValUE'],
      ['aUThorization', 'Bearer token123;API key456'],
      ['user-agent', 'curl/8.7.1'],
      ['host', 'example.com'],
      ['x-voker-probe', 'first'],
      ['x-voker-probe', 'second'],
    ]);
    expect(headers).toMatchObject({
      'tEsT-HEADeR': 'aValUE',
      Authorization: 'Bearer token123;API key456',
      'User-Agent': 'curl/8.7.1',
      Host: 'example.com',
      'x-voker-probe': 'second',
    });
    expect(multiValueHeaders).toMatchObject({
      'tEsT-HEADeR': ['aValUE'],
      'x-voker-probe': ['first', 'second'],
    });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html: names that differ by case differ
  test('are told apart by case', async () => {
    const { multiValueHeaders } = await eventOf([
      ['FOO', 'bar0'],
      ['foo', 'bar1'],
      ['foo', 'bar2'],
    ]);
    expect(multiValueHeaders).toMatchObject({ FOO: ['bar0'], foo: ['bar1', 'bar2'] });
  });

  // (1): no event holds them
  test('of the connection end at the gateway', async () => {
    const { headers } = await eventOf([
      ['Connection', 'keep-alive'],
      ['Content-Length', '3'],
      ['Transfer-Encoding', 'chunked'],
      ['TE', 'trailers'],
    ]);
    expect(Object.keys(headers).sort()).toEqual([
      'X-Amzn-Trace-Id',
      'X-Forwarded-For',
      'X-Forwarded-Port',
      'X-Forwarded-Proto',
    ]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html#api-gateway-known-issues-rest-apis
  test('with a signature end there too', async () => {
    const signature = 'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/execute-api/aws4_request';
    const { headers } = await eventOf([['Authorization', signature]]);
    expect(headers).not.toHaveProperty('Authorization');
  });

  // https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
  test('name every hop and go on with the client’s trace', async () => {
    const { headers } = await eventOf([
      ['Host', '127.0.0.1:3000'],
      ['x-forwarded-for', '203.0.113.9'],
      ['x-amzn-trace-id', 'Root=1-5759e988-bd862e3fe1be46a994272793'],
    ]);
    expect(headers).toMatchObject({
      'X-Forwarded-For': '203.0.113.9, 192.0.2.1',
      'X-Forwarded-Port': '3000',
      'X-Amzn-Trace-Id': 'Root=1-5759e988-bd862e3fe1be46a994272793',
    });
  });
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html */
describe('bodies', () => {
  const bytes = Buffer.from([0, 255, 254, 1]);

  it.each([
    ['application/octet-stream', bytes, bytes.toString('base64'), true],
    ['image/png', bytes, bytes.toString('base64'), true],
    ['application/json', '{"unicode":"lambda-λ"}', '{"unicode":"lambda-λ"}', false],
    ['text/plain', 'hello', 'hello', false],
    [undefined, 'hello', 'hello', false],
    ['application/octet-stream', '', null, false],
  ])('%s', async (type, sent, body, isBase64Encoded) => {
    const headers = type ? ([['Content-Type', type]] as const) : [];
    const { event } = await send('/x', { method: 'POST', headers, body: sent });
    expect(event).toMatchObject({ body, isBase64Encoded });
  });
});
