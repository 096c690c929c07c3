import { httpGateway } from '../../../../../packages/terraform-offline/api-gateway/http/gateway';
import type { HttpApi } from '../../../../../packages/terraform-offline/terraform/model/http-api';
import { httpApi, type Outcome, request, run, success } from '../support';

const api = httpApi(['POST /items']);
const post = { method: 'POST', body: '{}' };
const send = (sent = request('/items', post), outcome?: Outcome, of: HttpApi = api) =>
  run((dependencies) => httpGateway(of, dependencies), sent, outcome);

describe('responses of payload 2.0', () => {
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.v2 */
  it.each([
    ['a string', 'Hello from Lambda!', 200, 'application/json', 'Hello from Lambda!'],
    ['an object without statusCode', { message: 'Hello' }, 200, 'application/json', '{"message":"Hello"}'],
    ['a number', 5, 200, 'application/json', '5'],
    ['a list', [1], 200, 'application/json', '[1]'],
    // Observed: https://github.com/aws/aws-lambda-dotnet/blob/master/Tools/LambdaTestTool-v2/tests/Amazon.Lambda.TestTool.Tests.Common/ApiGatewayResponseTestCases.cs
    ['a body without a type', { statusCode: 200, body: 'Hello' }, 200, 'text/plain; charset=utf-8', 'Hello'],
    [
      'its own type',
      { statusCode: 201, body: '{}', headers: { 'Content-Type': 'application/xml' } },
      201,
      'application/xml',
      '{}',
    ],
    ['a status as a string', { statusCode: '204' }, 204, 'text/plain; charset=utf-8', ''],
    [
      'a base64 body',
      { statusCode: 200, body: 'AQID', isBase64Encoded: true },
      200,
      'text/plain; charset=utf-8',
      Buffer.from([1, 2, 3]),
    ],
  ])('%s', async (_, result, status, type, body) => {
    const { response, headers } = await send(undefined, success(result));
    expect(response).toMatchObject({ status, body });
    expect(headers['content-type']).toBe(type);
  });

  it.each([
    ['statusCode 0', { statusCode: 0 }],
    // https://www.rfc-editor.org/rfc/rfc9110.html#name-informational-1xx
    ['a status that ends no response', { statusCode: 100 }],
    ['the last one of those, as text', { statusCode: '199' }],
    ['a fraction', { statusCode: 200.5 }],
    ['a body that is no string', { statusCode: 200, body: {} }],
    ['cookies that are no list', { statusCode: 200, cookies: 'a=b' }],
  ])('%s is malformed', async (_, result) => {
    expect((await send(undefined, success(result))).response.status).toBe(500);
  });

  test('each cookie is a Set-Cookie of its own', async () => {
    const { response } = await send(undefined, success({ statusCode: 200, cookies: ['a=1; Secure', 'b=2'] }));
    expect(response.headers.filter(([name]) => name === 'Set-Cookie')).toEqual([
      ['Set-Cookie', 'a=1; Secure'],
      ['Set-Cookie', 'b=2'],
    ]);
  });

  test('the answer to HEAD has no body', async () => {
    const of = httpApi(['ANY /items']);
    const { response } = await send(request('/items', { method: 'HEAD' }), success('hello'), of);
    expect(response).toMatchObject({ status: 200, body: '' });
  });
});

describe('responses of payload 1.0', () => {
  const v1 = httpApi(['POST /items'], {}, { payloadFormatVersion: '1.0' });

  it.each([
    ['a response', { statusCode: 200, body: 'Hello', multiValueHeaders: { a: ['1', '2'] } }, 200],
    ['no status', { body: 'Hello' }, 500],
    ['a status that ends no response', { statusCode: 103 }, 500],
    ['a string', 'Hello', 500],
  ])('%s', async (_, result, status) => {
    expect((await send(undefined, success(result), v1)).response.status).toBe(status);
  });
});
