import { api, loaded, operation, proxy, rest_api_id } from './openapi';

it('makes a method of each operation, any-method included', async () => {
  const { methods } = await api({
    paths: {
      '/pets': {
        get: { 'x-amazon-apigateway-integration': proxy },
        post: { 'x-amazon-apigateway-integration': { ...proxy, timeoutInMillis: 5000 } },
        summary: 'no operation',
      },
      '/pets/{proxy+}': { 'x-amazon-apigateway-any-method': { 'x-amazon-apigateway-integration': proxy } },
    },
  });
  expect(methods).toMatchObject([
    { httpMethod: 'GET', path: '/pets', authorizer: undefined, integration: { timeoutMs: 29_000 } },
    { httpMethod: 'POST', path: '/pets', integration: { type: 'AWS_PROXY', timeoutMs: 5000 } },
    { httpMethod: 'ANY', path: '/pets/{proxy+}' },
  ]);
  expect(methods[0]!.integration).toMatchObject({
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
  });
  const [get, post, any] = methods.map(({ resourceId }) => resourceId);
  expect(get).toMatch(/^[a-z0-9]{6}$/);
  expect([post, any === get]).toEqual([get, false]);
});

it('reads YAML', async () => {
  const { methods } = await api(`
openapi: "3.0.1"
paths:
  /health:
    get:
      responses:
        200: { description: fine }
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates:
          application/json: |
            {"statusCode": 200}
        responses:
          default: { statusCode: "200" }
`);
  expect(methods).toMatchObject([
    {
      path: '/health',
      responses: [{ statusCode: 200, parameters: {} }],
      integration: {
        type: 'MOCK',
        requestTemplates: { 'application/json': '{"statusCode": 200}\n' },
        responses: [{ statusCode: 200, selectionPattern: undefined }],
      },
    },
  ]);
});

it('reads custom integrations with their responses, and what methods declare of them', async () => {
  const { responses, integration } = await operation(
    {
      responses: {
        200: { $ref: '#/components/responses/Ok' },
        404: { description: 'none' },
        default: { description: 'not a status' },
      },
      'x-amazon-apigateway-integration': {
        type: 'http',
        httpMethod: 'any',
        uri: 'http://${stageVariables.host}/pets',
        passthroughBehavior: 'when_no_templates',
        requestParameters: { 'integration.request.querystring.kind': "'cat'" },
        tlsConfig: { insecureSkipVerification: true },
        responses: {
          default: {
            statusCode: '200',
            responseParameters: { 'method.response.header.X-Tag': 'integration.response.header.ETag' },
            responseTemplates: { 'application/json': '{}' },
          },
          '4\\d{2}': { statusCode: '404' },
        },
      },
    },
    { components: { responses: { Ok: { description: 'fine', headers: { 'X-Tag': {} } } } } },
  );
  expect(responses).toEqual([
    { statusCode: 200, parameters: { 'method.response.header.X-Tag': false } },
    { statusCode: 404, parameters: {} },
  ]);
  expect(integration).toMatchObject({
    type: 'HTTP',
    httpMethod: 'ANY',
    uri: 'http://localhost:9999/pets',
    insecure: true,
    passthroughBehavior: 'WHEN_NO_TEMPLATES',
    requestParameters: { 'integration.request.querystring.kind': "'cat'" },
  });
  expect(integration!.responses).toEqual(
    expect.arrayContaining([
      {
        statusCode: 200,
        selectionPattern: undefined,
        parameters: { 'method.response.header.X-Tag': 'integration.response.header.ETag' },
        templates: { 'application/json': '{}' },
      },
      { statusCode: 404, selectionPattern: '4\\d{2}', parameters: {}, templates: {} },
    ]),
  );
});

it('reads parameters of path items and operations, models with what they refer to, and validators', async () => {
  const components = {
    parameters: { Limit: { name: 'limit', in: 'query', required: true } },
    schemas: { Pet: { type: 'object', required: ['name'] } },
  };
  const { methods } = await api({
    components,
    'x-amazon-apigateway-request-validators': {
      all: { validateRequestBody: true, validateRequestParameters: true },
      body: { validateRequestBody: true, validateRequestParameters: false },
    },
    'x-amazon-apigateway-request-validator': 'all',
    paths: {
      '/pets/{id}': {
        parameters: [
          { name: 'id', in: 'path', required: true },
          { name: 'seen', in: 'cookie' },
        ],
        get: {
          parameters: [{ $ref: '#/components/parameters/Limit' }, { name: 'X-Kind', in: 'header' }],
          'x-amazon-apigateway-integration': proxy,
        },
        put: {
          requestBody: {
            content: {
              'application/json': { schema: { $ref: '#/components/schemas/Pet' } },
              'text/plain': { schema: { type: 'string' } },
            },
          },
          'x-amazon-apigateway-request-validator': 'body',
          'x-amazon-apigateway-integration': proxy,
        },
      },
    },
  });
  expect(methods).toMatchObject([
    {
      validateBody: true,
      validateParameters: true,
      requestParameters: {
        'method.request.path.id': true,
        'method.request.querystring.limit': true,
        'method.request.header.X-Kind': false,
      },
      requestModels: {},
    },
    {
      validateBody: true,
      validateParameters: false,
      requestParameters: { 'method.request.path.id': true },
      requestModels: {
        'application/json': { $ref: '#/components/schemas/Pet', components },
        'text/plain': { type: 'string' },
      },
    },
  ]);
  expect(Object.keys(methods[0]!.requestParameters)).toHaveLength(3);
});

it('reads gateway responses and settings of the API, what resources say counting more', async () => {
  const document = {
    paths: {},
    'x-amazon-apigateway-binary-media-types': ['image/png'],
    'x-amazon-apigateway-minimum-compression-size': 0,
    'x-amazon-apigateway-api-key-source': 'AUTHORIZER',
    'x-amazon-apigateway-gateway-responses': {
      THROTTLED: { statusCode: '503' },
      DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" } },
    },
  };
  const { gatewayResponses, ...settings } = await api(
    document,
    {},
    {
      aws_api_gateway_gateway_response: {
        throttled: { rest_api_id, response_type: 'THROTTLED', status_code: '429' },
      },
    },
  );
  expect(settings).toMatchObject({
    binaryMediaTypes: ['image/png'],
    minimumCompressionSize: 0,
    apiKeySource: 'AUTHORIZER',
  });
  expect(gatewayResponses).toEqual({
    THROTTLED: { statusCode: 429, parameters: {}, templates: {} },
    DEFAULT_4XX: {
      statusCode: undefined,
      parameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
      templates: {},
    },
  });
});

it('reads the policy of the API, with resources in full', async () => {
  const statement = { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke' };
  const { id, policy } = await api({
    paths: {},
    'x-amazon-apigateway-policy': {
      Version: '2012-10-17',
      Statement: [{ ...statement, Resource: 'execute-api:/prod/GET/pets' }],
    },
  });
  expect(policy?.statements).toMatchObject([
    {
      effect: 'Deny',
      resources: [`arn:aws:execute-api:eu-west-1:000000000000:${id}/prod/GET/pets`],
    },
  ]);
});

it('has methods of resources besides those of the document, and in their place', async () => {
  const ofRoot = {
    rest_api_id,
    resource_id: '${aws_api_gateway_rest_api.api.root_resource_id}',
    http_method: 'GET',
  };
  const operations = { get: { 'x-amazon-apigateway-integration': proxy } };
  const { methods } = await api(
    { paths: { '/': operations, '/pets': operations } },
    {},
    {
      aws_api_gateway_method: { root: { ...ofRoot, authorization: 'NONE' } },
      aws_api_gateway_integration: { root: { ...ofRoot, type: 'MOCK' } },
    },
  );
  expect(methods.map(({ path, integration }) => [path, integration?.type])).toEqual([
    ['/', 'MOCK'],
    ['/pets', 'AWS_PROXY'],
  ]);
});

it('reads a document that is put apart', async () => {
  const document = {
    openapi: '3.0.1',
    paths: { '/pets': { get: { 'x-amazon-apigateway-integration': proxy } } },
  };
  const { methods } = await api(
    '',
    { body: null },
    {
      aws_api_gateway_rest_api_put: { pets: { rest_api_id, body: JSON.stringify(document) } },
    },
  );
  expect(methods.map(({ httpMethod, path }) => `${httpMethod} ${path}`)).toEqual(['GET /pets']);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
it('puts the server’s path before the others where it is told to', async () => {
  const document = {
    servers: [{ url: 'https://pets.example/{version}', variables: { version: { default: 'v2' } } }],
    paths: { '/pets': { get: { 'x-amazon-apigateway-integration': proxy } } },
  };
  expect((await api(document)).methods[0]!.path).toBe('/pets');
  expect((await api(document, { parameters: { basepath: 'prepend' } })).methods[0]!.path).toBe('/v2/pets');
});

describe('does not serve, and says so', () => {
  it.each<[string, string, string]>([
    [
      'OpenAPI 2',
      '{"swagger":"2.0","paths":{}}',
      'body: only OpenAPI 3 is served locally, received version "2.0"',
    ],
    [
      'a document without a version',
      '{"paths":{}}',
      'body: only OpenAPI 3 is served locally, received a document without a version',
    ],
    ['a text', 'hello', 'body: expected an OpenAPI document as JSON or YAML, received "hello"'],
    ['broken YAML', 'openapi: "3.0.1"\n  paths: [', 'body: no JSON, and no YAML'],
  ])('%s', async (_, text, reason) => {
    const { apis, unserved } = await loaded(text);
    expect(apis).toMatchObject([
      { stageName: 'prod', methods: [], unserved: { effect: 'the API answers 501' } },
    ]);
    expect(unserved.map((one) => one.reason)).toEqual([
      expect.stringContaining(`test: aws_api_gateway_rest_api.api.${reason}`),
    ]);
  });

  it.each<[string, object, string]>([
    [
      'a reference to nothing',
      { requestBody: { $ref: '#/components/requestBodies/Pet' } },
      'the OpenAPI document refers to #/components/requestBodies/Pet, which is not in it',
    ],
    [
      'a reference in circles',
      { requestBody: { $ref: '#/paths/~1pets/get/requestBody' } },
      'the OpenAPI document refers to #/paths/~1pets/get/requestBody',
    ],
    [
      'a validator that is not there',
      { 'x-amazon-apigateway-request-validator': 'all' },
      'the document has no validator "all"',
    ],
    [
      'an integration without a URI',
      { 'x-amazon-apigateway-integration': { type: 'http', httpMethod: 'GET' } },
      'body: GET /pets x-amazon-apigateway-integration.uri is missing',
    ],
  ])('%s: its method alone', async (_, described, reason) => {
    const { unserved } = await operation(described);
    expect(unserved).toEqual({
      address: 'test: aws_api_gateway_rest_api.api.body: GET /pets',
      reason: expect.stringContaining(reason) as string,
      effect: 'GET /pets answers 501',
    });
  });
});
