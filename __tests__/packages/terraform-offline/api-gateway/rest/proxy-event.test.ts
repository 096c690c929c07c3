import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import { request, restApi, run } from '../support';

/**
 * The request and the event of the developer guide's example, less what CloudFront adds in front of an edge-optimized API:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html#api-gateway-simple-proxy-for-lambda-input-format
 */
test('the request of the developer guide becomes the event that it prints', async () => {
  const api = restApi(['ANY /{proxy+}'], { stageVariables: { stageVariableName: 'stageVariableValue' } });
  const sent = request('/hello/world?name=me&multivalueName=you&multivalueName=me', {
    method: 'POST',
    prefix: '/testStage',
    headers: [
      ['Accept', '*/*'],
      ['Accept-Encoding', 'gzip, deflate'],
      ['cache-control', 'no-cache'],
      ['Content-Type', 'application/json'],
      ['headerName', 'headerValue'],
      ['Host', 'gy415nuibc.execute-api.us-east-1.amazonaws.com'],
      ['Postman-Token', '9f583ef0-ed83-4a38-aef3-eb9ce3f7a57f'],
      ['User-Agent', 'PostmanRuntime/2.4.5'],
    ],
    body: '{\r\n\t"a": 1\r\n}',
    sourceIp: '192.168.196.186',
  });

  const { event } = await run((dependencies) => restGateway(api, dependencies), sent);

  expect(event).toEqual({
    resource: '/{proxy+}',
    path: '/hello/world',
    httpMethod: 'POST',
    headers: {
      Accept: '*/*',
      'Accept-Encoding': 'gzip, deflate',
      'cache-control': 'no-cache',
      'Content-Type': 'application/json',
      headerName: 'headerValue',
      Host: 'gy415nuibc.execute-api.us-east-1.amazonaws.com',
      'Postman-Token': '9f583ef0-ed83-4a38-aef3-eb9ce3f7a57f',
      'User-Agent': 'PostmanRuntime/2.4.5',
      'X-Amzn-Trace-Id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/) as unknown,
      'X-Forwarded-For': '192.168.196.186',
      'X-Forwarded-Port': '80',
      'X-Forwarded-Proto': 'http',
    },
    multiValueHeaders: {
      Accept: ['*/*'],
      'Accept-Encoding': ['gzip, deflate'],
      'cache-control': ['no-cache'],
      'Content-Type': ['application/json'],
      headerName: ['headerValue'],
      Host: ['gy415nuibc.execute-api.us-east-1.amazonaws.com'],
      'Postman-Token': ['9f583ef0-ed83-4a38-aef3-eb9ce3f7a57f'],
      'User-Agent': ['PostmanRuntime/2.4.5'],
      'X-Amzn-Trace-Id': [expect.any(String)],
      'X-Forwarded-For': ['192.168.196.186'],
      'X-Forwarded-Port': ['80'],
      'X-Forwarded-Proto': ['http'],
    },
    queryStringParameters: { name: 'me', multivalueName: 'me' },
    multiValueQueryStringParameters: { name: ['me'], multivalueName: ['you', 'me'] },
    pathParameters: { proxy: 'hello/world' },
    stageVariables: { stageVariableName: 'stageVariableValue' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'gy415nuibc',
      deploymentId: expect.any(String) as unknown,
      domainName: 'gy415nuibc.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'gy415nuibc',
      extendedRequestId: expect.stringMatching(/^[\w-]{15}=$/) as unknown,
      httpMethod: 'POST',
      identity: {
        accessKey: null,
        accountId: null,
        caller: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: '192.168.196.186',
        user: null,
        userAgent: 'PostmanRuntime/2.4.5',
        userArn: null,
      },
      path: '/testStage/hello/world',
      protocol: 'HTTP/1.1',
      requestId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/) as unknown,
      // CLF: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
      requestTime: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as unknown,
      requestTimeEpoch: expect.any(Number) as unknown,
      resourceId: 'roq9wj',
      resourcePath: '/{proxy+}',
      stage: 'testStage',
    },
    body: '{\r\n\t"a": 1\r\n}',
    isBase64Encoded: false,
  });
});

test('what a request does not have is null, not {}', async () => {
  const api = restApi(['GET /data']);
  const { event } = await run((dependencies) => restGateway(api, dependencies), request('/data'));
  expect(event).toMatchObject({
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
  });
});

test('requestContext.path carries the prefix a Location is built on, path does not', async () => {
  const api = restApi(['GET /data'], { stageName: 'prod' });
  const sent = request('/data', { prefix: '/data-api/prod' });
  const { event } = await run((dependencies) => restGateway(api, dependencies), sent);
  expect(event).toMatchObject({
    path: '/data',
    requestContext: { path: '/data-api/prod/data', stage: 'prod' },
  });
});

test('the answer names the trace that the event has', async () => {
  const { event, headers } = await run((d) => restGateway(restApi(['GET /data']), d), request('/data'));
  expect(event).toMatchObject({ headers: { 'X-Amzn-Trace-Id': headers['x-amzn-trace-id'] } });
});
