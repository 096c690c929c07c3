import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import { request, type RequestOptions, restApi, run, success } from '../support';

const api = restApi(['ANY /x'], { binaryMediaTypes: ['image/png'] });
const send = (result: unknown, options?: RequestOptions) =>
  run((dependencies) => restGateway(api, dependencies), request('/x', options), success(result));

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-output-format */
describe('a result is', () => {
  it.each([
    // https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_lambda.py, response_format
    ['nothing at all', {}, 200, ''],
    ['a status alone', { statusCode: 204 }, 204, ''],
    ['a body', { statusCode: 200, body: 'results' }, 200, 'results'],
    ['a status as a string', { statusCode: '201' }, 201, ''],
    [
      'null for what is left out',
      { statusCode: 200, headers: null, multiValueHeaders: null, body: null },
      200,
      '',
    ],
  ])('a response: %s', async (_, result, status, body) => {
    const { response, headers } = await send(result);
    expect(response).toMatchObject({ status, body });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'x-amzn-requestid': expect.any(String) as unknown,
      'x-amz-apigw-id': expect.any(String) as unknown,
      'x-amzn-trace-id': expect.stringContaining('Root=1-') as unknown,
    });
    expect(headers).not.toHaveProperty('x-amzn-errortype');
  });

  it.each([
    ['null', null],
    ['a string', 'hello'],
    ['a list', []],
    ['a status that is no number', { statusCode: 'OK' }],
    ['a status that is no HTTP status', { statusCode: 0 }],
    // https://www.rfc-editor.org/rfc/rfc9110.html#name-informational-1xx
    ['a status that ends no response', { statusCode: 100 }],
    ['the last one of those, as text', { statusCode: '199' }],
    ['a status beyond HTTP’s', { statusCode: 600 }],
    ['a fraction of a status', { statusCode: 200.5 }],
    ['a body that is no string', { statusCode: 200, body: { a: 1 } }],
    ['a member AWS does not know', { statusCode: 200, cookies: [] }],
    ['headers that are no map', { statusCode: 200, headers: ['a'] }],
    ['a header that is no text', { statusCode: 200, headers: { a: { b: 1 } } }],
    ['a multi-value header that is no list', { statusCode: 200, multiValueHeaders: { a: 'b' } }],
    ['isBase64Encoded as another text', { statusCode: 200, isBase64Encoded: 'yes' }],
  ])('malformed: %s', async (_, result) => {
    const { response, log } = await send(result);
    expect(response).toMatchObject({ status: 502, body: '{"message":"Internal server error"}' });
    expect(log[0]).toContain('Malformed Lambda proxy response');
  });
});

describe('headers', () => {
  const sent = async (result: object) => {
    const { response } = await send({ statusCode: 200, ...result });
    return response.headers.filter(([name]) => !/^x-am(zn-requestid|zn-trace-id|z-apigw-id)$/i.test(name));
  };

  // Order as observed: https://github.com/aws/aws-lambda-dotnet/blob/master/Tools/LambdaTestTool-v2/tests/Amazon.Lambda.TestTool.Tests.Common/ApiGatewayResponseTestCases.cs
  test('of both maps are merged; a pair that is in both counts once', async () => {
    const headers = await sent({
      headers: { 'Combined-Header': 'single-value', both: 'same' },
      multiValueHeaders: { 'Combined-Header': ['multi-value1', 'multi-value2'], Both: ['same', 'other'] },
    });
    expect(headers).toEqual([
      ['Combined-Header', 'multi-value1'],
      ['Combined-Header', 'multi-value2'],
      ['Both', 'same'],
      ['Both', 'other'],
      ['Combined-Header', 'single-value'],
      ['Content-Type', 'application/json'],
    ]);
  });

  test('that are numbers or booleans go out as text', async () => {
    const headers = await sent({ headers: { 'content-type': 'a/b', max: 5, allow: true } });
    expect(headers).toEqual([
      ['content-type', 'a/b'],
      ['max', '5'],
      ['allow', 'true'],
    ]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
  it.each([
    ['Connection', 'x-amzn-Remapped-Connection'],
    ['Content-Length', 'x-amzn-Remapped-Content-Length'],
    ['Date', 'x-amzn-Remapped-Date'],
    ['Server', 'x-amzn-Remapped-Server'],
    ['WWW-Authenticate', 'x-amzn-Remapped-WWW-Authenticate'],
    ['Authorization', 'x-amzn-Remapped-Authorization'],
    ['Content-MD5', 'x-amzn-Remapped-Content-MD5'],
    ['Max-Forwards', 'x-amzn-Remapped-Max-Forwards'],
    ['User-Agent', 'x-amzn-Remapped-User-Agent'],
    ['Transfer-Encoding', undefined],
    ['Expect', undefined],
    ['Host', undefined],
    ['Proxy-Authenticate', undefined],
    ['TE', undefined],
    ['Trailer', undefined],
    ['Upgrade', undefined],
    ['Via', undefined],
    ['X-Own', 'X-Own'],
  ])('%s goes out as %s', async (name, as) => {
    const headers = await sent({ headers: { [name]: 'value' } });
    expect(headers.find(([, value]) => value === 'value')?.[0]).toBe(as);
  });
});

test('header values beyond Latin-1 have question marks in place of what a header cannot hold', async () => {
  const { headers } = await send({ statusCode: 200, headers: { 'X-Name': 'Zoë 日本 😀' } });
  expect(headers['x-name']).toBe('Zoë ?? ??');
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html */
describe('a base64 body', () => {
  const result = { statusCode: 200, body: 'iVBORw0KGgo=', isBase64Encoded: true };
  const bytes = Buffer.from('iVBORw0KGgo=', 'base64');

  it.each([
    ['image/png', bytes],
    // Only the first media type counts.
    ['image/png,*/*;q=0.8', bytes],
    ['*/*,image/png', 'iVBORw0KGgo='],
    ['application/json', 'iVBORw0KGgo='],
    [undefined, 'iVBORw0KGgo='],
  ])('for Accept %s', async (accept, body) => {
    const { response } = await send(result, { headers: accept ? [['Accept', accept]] : [] });
    expect(response.body).toEqual(body);
  });
});

// https://github.com/aws/aws-sam-cli/blob/develop/samcli/local/apigw/local_apigw_service.py (get_base_64_encoded)
it.each<[flags: object, isDecoded: boolean]>([
  [{ isBase64Encoded: 'true' }, true],
  [{ isBase64Encoded: 'True' }, true],
  [{ isBase64Encoded: 'false' }, false],
  [{ isBase64Encoded: null }, false],
  [{ base64Encoded: true }, true],
  [{ base64Encoded: 'False', isBase64Encoded: true }, false],
])('a body with %j is decoded: %s', async (flags, isDecoded) => {
  const { response } = await send(
    { statusCode: 200, body: 'aGk=', ...flags },
    { headers: [['Accept', 'image/png']] },
  );
  expect(response.body.toString()).toBe(isDecoded ? 'hi' : 'aGk=');
});

test('the answer to HEAD has no body', async () => {
  const { response } = await send({ statusCode: 200, body: 'results' }, { method: 'HEAD' });
  expect(response).toMatchObject({ status: 200, body: '' });
});
