import type { HttpApi } from '../../../../packages/terraform-offline/terraform/model/http-api';
import { functionJson, load, type TerraformJson } from './support';

const json = functionJson();
const api_id = '${aws_apigatewayv2_api.api.id}';
const resources = {
  ...json.resource,
  aws_apigatewayv2_api: { api: { name: 'books', protocol_type: 'HTTP' } },
  aws_apigatewayv2_stage: { stage: { api_id, name: '$default', auto_deploy: true } },
  aws_apigatewayv2_integration: {
    store: {
      api_id,
      integration_type: 'AWS_PROXY',
      integration_uri: '${aws_lambda_function.store.arn}',
      payload_format_version: '2.0',
      timeout_milliseconds: 5000,
    },
  },
  aws_apigatewayv2_route: {
    get: {
      api_id,
      route_key: 'GET /books/{id}',
      target: 'integrations/${aws_apigatewayv2_integration.store.id}',
    },
    forgotten: { api_id, route_key: 'ANY /books' },
  },
};
const output = {
  api: { value: '${aws_apigatewayv2_api.api.api_endpoint}' },
  stage: { value: '${aws_apigatewayv2_stage.stage.invoke_url}' },
};

function stack(more: TerraformJson['resource'] = {}, endpoint?: string) {
  return load(
    { ...json, resource: { ...resources, ...more }, output },
    endpoint === undefined ? {} : { endpointOf: () => endpoint },
  );
}

it('reads routes and integrations, one that was forgotten too', async () => {
  expect((await stack()).apis).toMatchObject([
    {
      kind: 'http',
      name: 'books',
      stageName: '$default',
      stageVariables: {},
      throttling: undefined,
      cors: undefined,
      routes: [
        {
          routeKey: 'GET /books/{id}',
          integration: {
            functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
            payloadFormatVersion: '2.0',
            timeoutMs: 5000,
          },
        },
        { routeKey: 'ANY /books', authorizer: undefined, integration: undefined },
      ],
    },
  ]);
});

it('reads the JWT authorizer of a route, with the issuer that a pool of the configuration is', async () => {
  const get = {
    ...resources.aws_apigatewayv2_route.get,
    authorization_type: 'JWT',
    authorizer_id: '${aws_apigatewayv2_authorizer.users.id}',
    authorization_scopes: ['read'],
  };
  const users = {
    api_id,
    name: 'users',
    authorizer_type: 'JWT',
    identity_sources: ['$request.header.Authorization'],
    jwt_configuration: {
      issuer: 'https://${aws_cognito_user_pool.users.endpoint}',
      audience: ['${aws_cognito_user_pool_client.app.id}'],
    },
  };
  const { apis, userPools } = await stack({
    aws_apigatewayv2_route: { get },
    aws_apigatewayv2_authorizer: { users },
    aws_cognito_user_pool: { users: { name: 'users' } },
    aws_cognito_user_pool_client: {
      app: { name: 'app', user_pool_id: '${aws_cognito_user_pool.users.id}' },
    },
  });
  const { issuer } = userPools![0]!;
  expect(issuer).toMatch(/^https:\/\/cognito-idp\.eu-west-1\.amazonaws\.com\/eu-west-1_[a-z0-9]{9}$/);
  expect((apis[0] as HttpApi).routes[0]!.authorizer).toEqual({
    kind: 'jwt',
    address: 'test: aws_apigatewayv2_authorizer.users',
    identitySource: { from: 'header', name: 'Authorization' },
    issuer,
    audience: [expect.stringMatching(/^[a-z0-9]{26}$/)],
    scopes: ['read'],
  });
});

it('reads the Lambda authorizer of a route', async () => {
  const route = {
    ...resources.aws_apigatewayv2_route.get,
    authorization_type: 'CUSTOM',
    authorizer_id: '${aws_apigatewayv2_authorizer.door.id}',
  };
  const door = {
    api_id,
    name: 'door',
    authorizer_type: 'REQUEST',
    authorizer_uri: '${aws_lambda_function.store.invoke_arn}',
    authorizer_payload_format_version: '2.0',
    identity_sources: ['$request.header.X-Key', '$context.routeKey'],
  };
  const authorizerOf = async (more: object) => {
    const authorizers = { door: { ...door, ...more } };
    const { apis } = await stack({
      aws_apigatewayv2_route: { get: route },
      aws_apigatewayv2_authorizer: authorizers,
    });
    return { id: (apis[0] as HttpApi).id, ...(apis[0] as HttpApi).routes[0]! };
  };
  const { id, authorizer } = await authorizerOf({});
  expect(authorizer).toEqual({
    kind: 'lambda',
    address: 'test: aws_apigatewayv2_authorizer.door',
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
    sourceArn: expect.stringMatching(
      new RegExp(`^arn:aws:execute-api:eu-west-1:000000000000:${id}/authorizers/[a-z0-9]{7}$`),
    ) as string,
    role: undefined,
    event: '2.0',
    identitySources: [
      { from: 'header', name: 'X-Key' },
      { from: 'context', name: 'routeKey' },
    ],
    validation: undefined,
    simpleResponses: false,
    ttlSeconds: 300,
  });
  const simple = { enable_simple_responses: true, authorizer_result_ttl_in_seconds: 0 };
  expect((await authorizerOf(simple)).authorizer).toMatchObject({ simpleResponses: true, ttlSeconds: 0 });
  expect((await authorizerOf({ identity_sources: null })).authorizer).toMatchObject({ ttlSeconds: 0 });
  expect((await authorizerOf({ authorizer_type: 'JWT' })).unserved!.reason).toBe(
    'test: aws_apigatewayv2_authorizer.door.authorizer_type: JWT is none for CUSTOM, which test: aws_apigatewayv2_route.get wants',
  );
});

it('does not serve a route whose authorizer is not there', async () => {
  const get = { ...resources.aws_apigatewayv2_route.get, authorization_type: 'JWT', authorizer_id: 'abc' };
  const [api] = (await stack({ aws_apigatewayv2_route: { get } })).apis;
  expect((api as HttpApi).routes[0]!.unserved!.reason).toBe(
    'test: aws_apigatewayv2_route.get.authorizer_id: the stack has no aws_apigatewayv2_authorizer abc',
  );
});

it('does not serve a route with another authorization', async () => {
  const get = { ...resources.aws_apigatewayv2_route.get, authorization_type: 'OAUTH' };
  const [api] = (await stack({ aws_apigatewayv2_route: { get } })).apis;
  expect((api as HttpApi).routes[0]!.unserved).toEqual({
    address: 'test: aws_apigatewayv2_route.get',
    reason:
      'test: aws_apigatewayv2_route.get.authorization_type: expected NONE, AWS_IAM, JWT or CUSTOM, received OAUTH',
    effect: 'GET /books/{id} answers 501',
  });
});

// https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html
it('falls back to API Gateway’s defaults', async () => {
  const store = {
    api_id,
    integration_type: 'AWS_PROXY',
    integration_uri: '${aws_lambda_function.store.invoke_arn}',
  };
  const [api] = (await stack({ aws_apigatewayv2_integration: { store } })).apis;
  expect((api as HttpApi).routes[0]!.integration).toEqual({
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
    payloadFormatVersion: '1.0',
    timeoutMs: 30_000,
    requestParameters: [],
    responseParameters: {},
  });
});

it('reads CORS and throttling', async () => {
  const cors_configuration = {
    allow_origins: ['*'],
    allow_methods: ['GET'],
    allow_headers: ['x-a'],
    max_age: 60,
  };
  const default_route_settings = { throttling_rate_limit: 10, throttling_burst_limit: 20 };
  const [api] = (
    await stack({
      aws_apigatewayv2_api: { api: { name: 'books', protocol_type: 'HTTP', cors_configuration } },
      aws_apigatewayv2_stage: {
        stage: { api_id, name: 'v1', auto_deploy: true, default_route_settings, stage_variables: { a: 'b' } },
      },
    })
  ).apis;
  expect(api).toMatchObject({
    stageName: 'v1',
    stageVariables: { a: 'b' },
    throttling: { rateLimit: 10, burstLimit: 20 },
    cors: {
      allowOrigins: ['*'],
      allowMethods: ['GET'],
      allowHeaders: ['x-a'],
      exposeHeaders: [],
      allowCredentials: false,
      maxAgeSeconds: 60,
    },
  });
});

it('ends the URL of the $default stage in a slash, as AWS does, and the API’s own in none', async () => {
  expect((await stack({}, 'http://127.0.0.1:3000/test')).outputs).toEqual({
    api: 'http://127.0.0.1:3000/test',
    stage: 'http://127.0.0.1:3000/test/',
  });
  expect((await stack()).outputs.api).toMatch(
    /^https:\/\/[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com$/,
  );
});

it.each<[what: string, more: TerraformJson['resource'], error: string]>([
  [
    'a WebSocket API',
    { aws_apigatewayv2_api: { api: { name: 'books', protocol_type: 'WEBSOCKET' } } },
    'test: aws_apigatewayv2_api.api.protocol_type: locally HTTP only, received WEBSOCKET',
  ],
  [
    'an unknown payload format',
    {
      aws_apigatewayv2_integration: {
        store: { ...resources.aws_apigatewayv2_integration.store, payload_format_version: '3.0' },
      },
    },
    'test: aws_apigatewayv2_integration.store.payload_format_version: expected 1.0 or 2.0, received 3.0',
  ],
])('does not serve %s', async (_, more, error) => {
  const { apis, unserved, functions } = await stack(more);
  const reason = { reason: error };
  expect(unserved).toMatchObject([reason]);
  const [api] = apis as HttpApi[];
  expect(
    api!.unserved ?? api!.routes.find(({ routeKey }) => routeKey === 'GET /books/{id}')!.unserved,
  ).toEqual(unserved[0]);
  expect(functions).toHaveLength(1);
});

it('serves the routes beside one that it cannot serve', async () => {
  const { aws_apigatewayv2_integration: integrations, aws_apigatewayv2_route: routes } = resources;
  const proxy = { api_id, integration_type: 'AWS_PROXY', integration_uri: 'https://example.com' };
  const { apis, unserved } = await stack({
    aws_apigatewayv2_integration: { ...integrations, proxy },
    aws_apigatewayv2_route: {
      ...routes,
      away: {
        api_id,
        route_key: 'GET /away',
        target: 'integrations/${aws_apigatewayv2_integration.proxy.id}',
      },
      unknown: { api_id, route_key: '${var.method} /x' },
    },
  });
  const [api] = apis as HttpApi[];
  expect(api!.routes).toMatchObject([
    { routeKey: 'GET /books/{id}' },
    { routeKey: 'ANY /books' },
    {
      routeKey: 'GET /away',
      unserved: {
        address: 'test: aws_apigatewayv2_route.away',
        reason: expect.stringContaining(
          "aws_apigatewayv2_integration.proxy.integration_uri: expected a function's invoke_arn",
        ) as string,
        effect: 'GET /away answers 501',
      },
    },
  ]);
  expect(api!.routes.map((route) => 'unserved' in route)).toEqual([false, false, true]);
  expect(api!.unserved).toMatchObject({
    address: 'test: aws_apigatewayv2_route.unknown',
    effect: 'requests that match no other route answer 501',
  });
  expect(unserved).toHaveLength(2);
});

describe('an integration', () => {
  const read = async (integration: Record<string, unknown>, variables = {}) => {
    const store = {
      api_id,
      integration_type: 'AWS_PROXY',
      integration_uri: '${aws_lambda_function.store.arn}',
    };
    const { apis } = await stack({
      aws_apigatewayv2_integration: { store: { ...store, ...integration } },
      aws_apigatewayv2_stage: {
        stage: { api_id, name: 'v1', auto_deploy: true, stage_variables: variables },
      },
    });
    return (apis[0] as HttpApi).routes[0]!;
  };
  const proxy = { integration_type: 'HTTP_PROXY', integration_uri: 'https://$${stageVariables.host}/{id}' };

  it('may be an HTTP endpoint', async () => {
    const { integration } = await read(
      { ...proxy, integration_method: 'POST', timeout_milliseconds: 100 },
      { host: 'books.example' },
    );
    expect(integration).toMatchObject({ uri: 'https://books.example/{id}', method: 'POST', timeoutMs: 100 });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html
  it('may change requests and responses', async () => {
    const { integration } = await read({
      request_parameters: { 'append:header.x-id': '$context.requestId', 'overwrite:path': '/books' },
      response_parameters: [{ status_code: '500', mappings: { 'overwrite:statuscode': '403' } }],
    });
    expect(integration).toMatchObject({
      requestParameters: [
        { action: 'append', location: 'header', name: 'x-id', value: '$context.requestId' },
        { action: 'overwrite', location: 'path', name: '', value: '/books' },
      ],
      responseParameters: {
        '500': [{ action: 'overwrite', location: 'statuscode', name: '', value: '403' }],
      },
    });
  });

  it.each<[what: string, integration: Record<string, unknown>, reason: string]>([
    [
      'for another of AWS’s services',
      { integration_subtype: 'SQS-SendMessage' },
      "integration_subtype: of AWS's services, integrations call Lambda only here",
    ],
    [
      'over a VPC link',
      { ...proxy, connection_type: 'VPC_LINK' },
      'connection_type: a VPC link leads nowhere from here',
    ],
    [
      'for a server’s name',
      { ...proxy, tls_config: [{ server_name_to_verify: 'a' }] },
      'tls_config: it is for VPC links',
    ],
    [
      'with a role',
      { credentials_arn: 'arn:aws:iam::000000000000:role/x' },
      'credentials_arn: no role is taken on',
    ],
    [
      'of a kind that AWS refuses',
      { integration_type: 'MOCK' },
      'an HTTP API takes AWS_PROXY and HTTP_PROXY',
    ],
    ['without a variable of the stage', proxy, 'integration_uri: the stage has no variable host'],
    [
      'with an address that is none',
      { ...proxy, integration_uri: 'books' },
      'expected an http:// or https:// URL',
    ],
    [
      'that maps a reserved header',
      { request_parameters: { 'overwrite:header.Authorization': 'x' } },
      'request_parameters: Authorization is a reserved header',
    ],
    [
      'that changes what it cannot',
      { request_parameters: { 'append:path': 'x' } },
      'request_parameters: expected append, overwrite or remove:header.NAME',
    ],
    [
      'that maps an unknown variable',
      { request_parameters: { 'append:header.x': '$request.cookie.y' } },
      'received $request.cookie.y',
    ],
    [
      'that maps another status than there is',
      { response_parameters: [{ status_code: '1000', mappings: {} }] },
      'API Gateway takes 200 to 599, received 1000',
    ],
  ])('is not served %s', async (_, integration, reason) => {
    const { unserved } = await read(integration);
    expect(unserved).toMatchObject({ effect: 'GET /books/{id} answers 501' });
    expect(unserved!.reason).toContain(reason);
  });
});

describe('quick create', () => {
  const functionArn = 'arn:aws:lambda:eu-west-1:000000000000:function:store';
  const quick = (more: Record<string, unknown>) =>
    load({
      ...json,
      resource: {
        ...json.resource,
        aws_apigatewayv2_api: { api: { name: 'books', protocol_type: 'HTTP', ...more } },
      },
    });

  // https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html (target, routeKey)
  it.each([
    ['the function’s ARN', { target: '${aws_lambda_function.store.arn}' }, '$default'],
    ['its invocation ARN', { target: '${aws_lambda_function.store.invoke_arn}' }, '$default'],
    ['a route key', { target: '${aws_lambda_function.store.arn}', route_key: 'GET /a' }, 'GET /a'],
  ])('makes stage, route and integration of %s', async (_, more, routeKey) => {
    const { apis, unserved } = await quick(more);
    expect(unserved).toEqual([]);
    expect(apis).toMatchObject([
      {
        stageName: '$default',
        routes: [{ routeKey, integration: { functionArn, payloadFormatVersion: '2.0' } }],
      },
    ]);
  });

  it('makes none without a target', async () => {
    const { apis, unserved } = await quick({});
    expect(apis).toEqual([]);
    expect(unserved).toMatchObject([
      {
        reason: 'test: aws_apigatewayv2_api.api: it has no aws_apigatewayv2_stage, and so no address',
        effect: 'none of its routes can be reached',
      },
    ]);
  });
});

it('reads the limits of single routes', async () => {
  const route_settings = [
    { route_key: 'GET /books/{id}', throttling_rate_limit: 1, throttling_burst_limit: 2 },
  ];
  const [api] = (
    await stack({
      aws_apigatewayv2_stage: { stage: { api_id, name: 'v1', auto_deploy: true, route_settings } },
    })
  ).apis;
  expect((api as HttpApi).routes.map(({ throttling }) => throttling)).toEqual([
    { rateLimit: 1, burstLimit: 2 },
    undefined,
  ]);
});

describe('several APIs of a stack', () => {
  const segments = async (...names: string[]) => {
    const target = '${aws_lambda_function.store.arn}';
    const apis = names.map((name, i) => [`api${i}`, { name, protocol_type: 'HTTP', target }] as const);
    const rest = { rest: { name: 'archive' } };
    const { apis: read } = await load({
      ...json,
      resource: {
        ...json.resource,
        aws_apigatewayv2_api: Object.fromEntries(apis),
        aws_api_gateway_rest_api: rest,
      },
    });
    return read.map(({ id, segment }) => (segment === `/${id}` ? 'its id' : segment));
  };

  it('have their names in their URLs, or their ids where names are no help', async () => {
    expect(await segments('books', 'authors')).toEqual(['/books', '/authors']);
    expect(await segments('books', 'books', 'The books')).toEqual(['its id', 'its id', 'its id']);
  });

  it('leave the URL of a single one alone', async () => {
    const [api] = (await stack()).apis;
    expect(api!.segment).toBe('');
  });
});
