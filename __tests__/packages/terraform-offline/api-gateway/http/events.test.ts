import { httpGateway } from '../../../../../packages/terraform-offline/api-gateway/http/gateway';
import { httpApi, request, run } from '../support';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
const clfTime = expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as unknown;
const requestId = expect.stringMatching(/^[\w-]{15}=$/) as unknown;
const traceId = expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/) as unknown;
const anyNumber = expect.any(Number) as unknown;

test('payload 2.0 of the developer guide’s example', async () => {
  const api = httpApi(['$default'], {
    stageVariables: { stageVariable1: 'value1', stageVariable2: 'value2' },
  });
  const sent = request('/my/path?parameter1=value1&parameter1=value2&parameter2=value', {
    method: 'POST',
    headers: [
      ['Host', 'id.execute-api.us-east-1.amazonaws.com'],
      ['Content-Type', 'text/plain'],
      ['Cookie', 'cookie1; cookie2'],
      ['Header1', 'value1'],
      ['Header2', 'value1'],
      ['Header2', 'value2'],
      ['User-Agent', 'agent'],
    ],
    body: 'Hello from Lambda',
    sourceIp: '192.0.2.1',
  });

  const { event, headers } = await run((dependencies) => httpGateway(api, dependencies), sent);

  expect(event).toEqual({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/my/path',
    rawQueryString: 'parameter1=value1&parameter1=value2&parameter2=value',
    cookies: ['cookie1', 'cookie2'],
    headers: {
      'content-length': '17',
      'content-type': 'text/plain',
      header1: 'value1',
      header2: 'value1,value2',
      host: 'id.execute-api.us-east-1.amazonaws.com',
      'user-agent': 'agent',
      'x-amzn-trace-id': traceId,
      'x-forwarded-for': '192.0.2.1',
      'x-forwarded-port': '80',
      'x-forwarded-proto': 'http',
    },
    queryStringParameters: { parameter1: 'value1,value2', parameter2: 'value' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'id',
      domainName: 'id.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'id',
      http: {
        method: 'POST',
        path: '/my/path',
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: 'agent',
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: clfTime,
      timeEpoch: anyNumber,
    },
    body: 'Hello from Lambda',
    isBase64Encoded: false,
    stageVariables: { stageVariable1: 'value1', stageVariable2: 'value2' },
  });
  expect((event?.requestContext as { requestId: string }).requestId).toBe(headers['apigw-requestid']);
});

test('payload 2.0 leaves out what a request does not have', async () => {
  const { event } = await run((d) => httpGateway(httpApi(['GET /items']), d), request('/items'));
  for (const member of ['cookies', 'queryStringParameters', 'pathParameters', 'body', 'stageVariables']) {
    expect(event).not.toHaveProperty(member);
  }
  expect(event).toMatchObject({ rawQueryString: '', isBase64Encoded: false });
});

// The guide prints the first query value and no resourceId; AWS sends the last value and the route key:
// https://github.com/aws/aws-lambda-dotnet/tree/master/Tools/LambdaTestTool-v2/tests/Amazon.Lambda.TestTool.IntegrationTests/Snapshots
test('payload 1.0 of the developer guide’s example', async () => {
  const api = httpApi(['GET /my/path'], {}, { payloadFormatVersion: '1.0' });
  const sent = request('/my/path?parameter1=value1&parameter1=value2&parameter2=value', {
    headers: [
      ['Host', 'id.execute-api.us-east-1.amazonaws.com'],
      ['content-type', 'text/plain'],
      ['Header1', 'value1'],
      ['Header2', 'value1'],
      ['Header2', 'value2'],
      ['User-Agent', 'user-agent'],
    ],
    body: 'Hello from Lambda!',
    sourceIp: '192.0.2.1',
  });

  const { event } = await run((dependencies) => httpGateway(api, dependencies), sent);

  expect(event).toEqual({
    version: '1.0',
    resource: '/my/path',
    path: '/my/path',
    httpMethod: 'GET',
    headers: {
      'Content-Length': '18',
      'Content-Type': 'text/plain',
      Header1: 'value1',
      Header2: 'value2',
      Host: 'id.execute-api.us-east-1.amazonaws.com',
      'User-Agent': 'user-agent',
      'X-Amzn-Trace-Id': traceId,
      'X-Forwarded-For': '192.0.2.1',
      'X-Forwarded-Port': '80',
      'X-Forwarded-Proto': 'http',
    },
    multiValueHeaders: {
      'Content-Length': ['18'],
      'Content-Type': ['text/plain'],
      Header1: ['value1'],
      Header2: ['value1', 'value2'],
      Host: ['id.execute-api.us-east-1.amazonaws.com'],
      'User-Agent': ['user-agent'],
      'X-Amzn-Trace-Id': [traceId],
      'X-Forwarded-For': ['192.0.2.1'],
      'X-Forwarded-Port': ['80'],
      'X-Forwarded-Proto': ['http'],
    },
    queryStringParameters: { parameter1: 'value2', parameter2: 'value' },
    multiValueQueryStringParameters: { parameter1: ['value1', 'value2'], parameter2: ['value'] },
    requestContext: {
      accountId: '123456789012',
      apiId: 'id',
      authorizer: { claims: null, scopes: null },
      domainName: 'id.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'id',
      extendedRequestId: requestId,
      httpMethod: 'GET',
      identity: {
        accessKey: null,
        accountId: null,
        caller: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: '192.0.2.1',
        user: null,
        userAgent: 'user-agent',
        userArn: null,
      },
      path: '/my/path',
      protocol: 'HTTP/1.1',
      requestId,
      requestTime: clfTime,
      requestTimeEpoch: anyNumber,
      resourceId: 'GET /my/path',
      resourcePath: '/my/path',
      stage: '$default',
    },
    pathParameters: null,
    stageVariables: null,
    body: 'Hello from Lambda!',
    isBase64Encoded: false,
  });
});

test('the local prefix is in requestContext.http.path, for a Location, and not in rawPath', async () => {
  const sent = request('/items/1', { prefix: '/items-api' });
  const { event } = await run((d) => httpGateway(httpApi(['GET /items/{id}']), d), sent);
  expect(event).toMatchObject({
    rawPath: '/items/1',
    pathParameters: { id: '1' },
    requestContext: { http: { path: '/items-api/items/1' } },
  });
});

test('a stage with a name stands in rawPath', async () => {
  const api = httpApi(['GET /items'], { stageName: 'prod' });
  const { event } = await run((d) => httpGateway(api, d), request('/items', { prefix: '/items-api/prod' }));
  expect(event).toMatchObject({ rawPath: '/prod/items', requestContext: { stage: 'prod' } });
});
