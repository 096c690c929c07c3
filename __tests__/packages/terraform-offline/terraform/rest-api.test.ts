import type { RestApi } from '../../../../packages/terraform-offline/terraform/model/rest-api';
import { functionJson, load, type TerraformJson } from './support';

const json = functionJson();
const rest_api_id = '${aws_api_gateway_rest_api.api.id}';
const ofMethod = {
  rest_api_id,
  resource_id: '${aws_api_gateway_resource.id.id}',
  http_method: '${aws_api_gateway_method.put.http_method}',
};
const resources = {
  ...json.resource,
  aws_api_gateway_rest_api: { api: { name: 'books', binary_media_types: ['image/png'] } },
  aws_api_gateway_resource: {
    id: { rest_api_id, parent_id: '${aws_api_gateway_resource.books.id}', path_part: '{id}' },
    books: { rest_api_id, parent_id: '${aws_api_gateway_rest_api.api.root_resource_id}', path_part: 'books' },
  },
  aws_api_gateway_stage: { stage: { rest_api_id, stage_name: 'prod', variables: { colour: 'blue' } } },
  aws_api_gateway_request_validator: { body: { rest_api_id, name: 'body', validate_request_body: true } },
  aws_api_gateway_model: { book: { rest_api_id, name: 'Book', schema: '{"type":"object"}' } },
  aws_api_gateway_method: {
    put: {
      ...ofMethod,
      http_method: 'PUT',
      authorization: 'NONE',
      request_validator_id: '${aws_api_gateway_request_validator.body.id}',
      request_parameters: { 'method.request.querystring.dry': true, 'method.request.header.If-Match': false },
      request_models: { 'application/json': '${aws_api_gateway_model.book.name}', 'text/plain': 'Empty' },
    },
  },
  aws_api_gateway_integration: {
    put: {
      ...ofMethod,
      type: 'AWS',
      integration_http_method: 'POST',
      uri: '${aws_lambda_function.store.invoke_arn}',
      timeout_milliseconds: 5000,
      passthrough_behavior: 'NEVER',
      request_parameters: { 'integration.request.header.X-Kind': "'book'" },
      request_templates: { 'application/json': "$input.json('$')" },
    },
  },
};

async function api(more: TerraformJson['resource'] = {}): Promise<RestApi> {
  return (await load({ ...json, resource: { ...resources, ...more } })).apis[0] as RestApi;
}

it('reads API and stage', async () => {
  const { id, ...rest } = await api();
  expect(id).toMatch(/^[a-z0-9]{10}$/);
  expect(rest).toMatchObject({
    kind: 'rest',
    name: 'books',
    executionArn: `arn:aws:execute-api:eu-west-1:000000000000:${id}`,
    stageName: 'prod',
    stageVariables: { colour: 'blue' },
    binaryMediaTypes: ['image/png'],
    throttling: undefined,
    gatewayResponses: {},
  });
});

it.each([
  [undefined, 'HEADER'],
  ['HEADER', 'HEADER'],
  ['AUTHORIZER', 'AUTHORIZER'],
])('reads where API keys come from: of %j, %s', async (api_key_source, source) => {
  const { apiKeySource } = await api({
    aws_api_gateway_rest_api: { api: { name: 'books', ...(api_key_source && { api_key_source }) } },
  });
  expect(apiKeySource).toBe(source);
});

it('reads a method with its validator, models and integration', async () => {
  expect((await api()).methods).toEqual([
    {
      httpMethod: 'PUT',
      path: '/books/{id}',
      resourceId: expect.stringMatching(/^[a-z0-9]{6}$/) as string,
      apiKeyRequired: false,
      authorizer: undefined,
      validateBody: true,
      validateParameters: false,
      requestParameters: { 'method.request.querystring.dry': true, 'method.request.header.If-Match': false },
      requestModels: {
        'application/json': { type: 'object' },
        'text/plain': expect.objectContaining({ title: 'Empty Schema' }) as unknown,
      },
      responses: [],
      integration: {
        type: 'AWS',
        functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
        timeoutMs: 5000,
        passthroughBehavior: 'NEVER',
        requestParameters: { 'integration.request.header.X-Kind': "'book'" },
        requestTemplates: { 'application/json': "$input.json('$')" },
        responses: [],
      },
    },
  ]);
});

it('reads the responses of method and integration, an empty pattern as the default one', async () => {
  const [method] = (
    await api({
      aws_api_gateway_method_response: {
        ok: { ...ofMethod, status_code: '200', response_parameters: { 'method.response.header.ETag': true } },
      },
      aws_api_gateway_integration_response: {
        ok: { ...ofMethod, status_code: '200', selection_pattern: '' },
        wrong: {
          ...ofMethod,
          content_handling: 'CONVERT_TO_TEXT',
          status_code: '400',
          selection_pattern: '.*"status":400.*',
          response_parameters: { 'method.response.header.Content-Type': "'application/problem+json'" },
          response_templates: { 'application/json': '$input.path("$.errorMessage")' },
        },
      },
    })
  ).methods;
  expect(method!.responses).toEqual([
    { statusCode: 200, parameters: { 'method.response.header.ETag': true } },
  ]);
  expect(method!.integration!.responses).toEqual([
    { statusCode: 200, selectionPattern: undefined, parameters: {}, templates: {} },
    {
      statusCode: 400,
      selectionPattern: '.*"status":400.*',
      contentHandling: 'CONVERT_TO_TEXT',
      parameters: { 'method.response.header.Content-Type': "'application/problem+json'" },
      templates: { 'application/json': '$input.path("$.errorMessage")' },
    },
  ]);
});

it('reads gateway responses, and throttling of the stage and of a method', async () => {
  const settings = { throttling_rate_limit: 100, throttling_burst_limit: 200 };
  const own = { throttling_rate_limit: 1, throttling_burst_limit: 2 };
  const { gatewayResponses, methods, throttling } = await api({
    aws_api_gateway_method_settings: {
      one: {
        rest_api_id,
        stage_name: 'prod',
        method_path: 'books/{id}/PUT',
        settings: own,
      },
      other: { rest_api_id, stage_name: 'dev', method_path: '*/*', settings: own },
      all: { rest_api_id, stage_name: 'prod', method_path: '*/*', settings },
    },
    aws_api_gateway_gateway_response: {
      throttled: { rest_api_id, response_type: 'THROTTLED', status_code: '429' },
      others: { rest_api_id, response_type: 'DEFAULT_4XX', response_templates: { 'application/json': '{}' } },
    },
  });
  expect(throttling).toEqual({ rateLimit: 100, burstLimit: 200 });
  expect(methods[0]!.throttling).toEqual({ rateLimit: 1, burstLimit: 2 });
  expect(gatewayResponses).toEqual({
    THROTTLED: { statusCode: 429, parameters: {}, templates: {} },
    DEFAULT_4XX: { statusCode: undefined, parameters: {}, templates: { 'application/json': '{}' } },
  });
});

it.each(['/books/{id}/PUT', '~1books~1{id}/PUT'])('reads settings of %s', async (method_path) => {
  const settings = { throttling_rate_limit: 1, throttling_burst_limit: 2 };
  const { methods, throttling } = await api({
    aws_api_gateway_method_settings: { one: { rest_api_id, stage_name: 'prod', method_path, settings } },
  });
  expect([throttling, methods[0]!.throttling]).toEqual([undefined, { rateLimit: 1, burstLimit: 2 }]);
});

it.each([
  ['1024', 1024],
  [0, 0],
  [-1, undefined],
  ['', undefined],
])('compresses from a minimum_compression_size of %j on', async (minimum_compression_size, expected) => {
  const { minimumCompressionSize } = await api({
    aws_api_gateway_rest_api: { api: { name: 'books', minimum_compression_size } },
  });
  expect(minimumCompressionSize).toBe(expected);
});

it.each([
  ['another stack’s resource', 'xyz123'],
  ['a resource that the API has not', '${aws_api_gateway_rest_api.api.id}'],
])('does not take %s for the root', async (_, resource_id) => {
  const { methods, unserved } = await api({
    aws_api_gateway_method: { put: { ...resources.aws_api_gateway_method.put, resource_id } },
  });
  expect(methods).toEqual([]);
  expect(unserved).toMatchObject({
    reason: expect.stringContaining('put.resource_id: the stack has no aws_api_gateway_resource ') as string,
    effect: 'requests that match no other method answer 501',
  });
});

it('finds the API, and the function, of data sources', async () => {
  const { apis } = await load({
    data: {
      ...json.data,
      aws_api_gateway_rest_api: { same: { name: '${aws_api_gateway_rest_api.api.name}' } },
      aws_lambda_function: { same: { function_name: '${aws_lambda_function.store.function_name}' } },
    },
    resource: {
      ...resources,
      aws_api_gateway_resource: {},
      aws_api_gateway_method: {
        put: {
          rest_api_id: '${data.aws_api_gateway_rest_api.same.id}',
          resource_id: '${data.aws_api_gateway_rest_api.same.root_resource_id}',
          http_method: 'PUT',
          authorization: 'NONE',
        },
      },
      aws_api_gateway_integration: {
        put: {
          rest_api_id: '${data.aws_api_gateway_rest_api.same.id}',
          resource_id: '${data.aws_api_gateway_rest_api.same.root_resource_id}',
          http_method: 'PUT',
          type: 'AWS_PROXY',
          uri: '${data.aws_lambda_function.same.invoke_arn}',
        },
      },
    },
  });
  const functionArn = 'arn:aws:lambda:eu-west-1:000000000000:function:store';
  expect((apis[0] as RestApi).methods).toMatchObject([{ path: '/', integration: { functionArn } }]);
});

it('has methods of the root at /, with the defaults, and without an integration that is not there', async () => {
  const { methods } = await api({
    aws_api_gateway_method: {
      root: {
        rest_api_id,
        resource_id: '${aws_api_gateway_rest_api.api.root_resource_id}',
        http_method: 'ANY',
        authorization: 'NONE',
      },
    },
    aws_api_gateway_integration: {},
  });
  expect(methods).toMatchObject([
    { httpMethod: 'ANY', path: '/', apiKeyRequired: false, validateBody: false, integration: undefined },
  ]);
});

it.each([['OAUTH', 'authorization: expected NONE, AWS_IAM, CUSTOM or COGNITO_USER_POOLS, received OAUTH']])(
  'does not serve a method with the authorization %s',
  async (authorization, reason) => {
    const put = { ...resources.aws_api_gateway_method.put, authorization };
    const { methods } = await api({ aws_api_gateway_method: { put } });
    expect(methods[0]!.unserved).toEqual({
      address: 'test: aws_api_gateway_method.put',
      reason: `test: aws_api_gateway_method.put.${reason}`,
      effect: 'PUT /books/{id} answers 501',
    });
  },
);

it('reads whoever may sign where a method wants a signature, and nobody elsewhere', async () => {
  const allow = (Action: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  const principalsOf = async (authorization: string) => {
    const { principals } = await load({
      ...json,
      resource: {
        ...resources,
        aws_api_gateway_method: { put: { ...resources.aws_api_gateway_method.put, authorization } },
        aws_iam_user: { ann: { name: 'ann' }, bob: { name: 'bob', path: '/staff/' } },
        aws_iam_group: { callers: { name: 'callers' } },
        aws_iam_user_policy: {
          own: { name: 'own', user: '${aws_iam_user.ann.name}', policy: allow('execute-api:Invoke') },
        },
        aws_iam_group_policy: {
          group: { name: 'group', group: '${aws_iam_group.callers.name}', policy: allow('execute-api:*') },
        },
        aws_iam_user_group_membership: {
          ann: { user: '${aws_iam_user.ann.name}', groups: ['${aws_iam_group.callers.name}'] },
        },
      },
    });
    return principals!.map(({ kind, arn, policies }) => [kind, arn, policies.map(({ name }) => name)]);
  };
  const account = 'arn:aws:iam::000000000000';
  expect(await principalsOf('AWS_IAM')).toEqual([
    ['role', `${account}:role/store-role`, []],
    ['user', `${account}:user/ann`, ['own', 'group']],
    ['user', `${account}:user/staff/bob`, []],
  ]);
  expect(await principalsOf('NONE')).toEqual([]);
});

describe('stages', () => {
  const stage = (stage_name: string, variables = {}) => ({ rest_api_id, stage_name, variables });
  const loaded = (more: TerraformJson['resource'], output: TerraformJson['output'] = {}) =>
    load({ ...json, resource: { ...resources, ...more }, output });

  it('each make an API of their own, with their variables', async () => {
    const { apis, unserved } = await loaded({
      aws_api_gateway_stage: {
        dev: stage('dev', { colour: 'blue' }),
        prod: stage('prod', { colour: 'red' }),
      },
    });
    expect(apis).toMatchObject([
      { stageName: 'dev', stageVariables: { colour: 'blue' } },
      { stageName: 'prod', stageVariables: { colour: 'red' } },
    ]);
    expect(unserved).toEqual([]);
  });

  // https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_deployment
  it('are made by deployments with a stage_name, which have URLs', async () => {
    const { apis, outputs, unserved } = await loaded(
      {
        aws_api_gateway_stage: {},
        aws_api_gateway_deployment: { live: stage('v1', { colour: 'green' }) },
      },
      {
        url: { value: '${aws_api_gateway_deployment.live.invoke_url}' },
        arn: { value: '${aws_api_gateway_deployment.live.execution_arn}' },
      },
    );
    expect(apis).toMatchObject([{ stageName: 'v1', stageVariables: { colour: 'green' } }]);
    const { id } = apis[0]!;
    expect(outputs).toEqual({
      url: `https://${id}.execute-api.eu-west-1.amazonaws.com/v1`,
      arn: `arn:aws:execute-api:eu-west-1:000000000000:${id}/v1`,
    });
    expect(unserved).toEqual([]);
  });

  it('are not made by other deployments, whose URL ends in a slash', async () => {
    const { apis, outputs } = await loaded(
      { aws_api_gateway_deployment: { live: { rest_api_id } } },
      {
        url: {
          value: '${aws_api_gateway_deployment.live.invoke_url}${aws_api_gateway_stage.stage.stage_name}',
        },
      },
    );
    expect(apis).toMatchObject([{ stageName: 'prod' }]);
    expect(outputs.url).toBe(`https://${apis[0]!.id}.execute-api.eu-west-1.amazonaws.com/prod`);
  });

  it.each<[string, TerraformJson['resource'], string]>([
    [
      'a deployment without a stage',
      { aws_api_gateway_deployment: { live: { rest_api_id } } },
      'aws_api_gateway_deployment.live has no stage_name, and no aws_api_gateway_stage deploys aws_api_gateway_rest_api.api',
    ],
    ['an API without a deployment', {}, 'aws_api_gateway_rest_api.api has no stage'],
  ])('are missing: it says so of %s', async (_, more, reason) => {
    const { apis, unserved } = await loaded({ aws_api_gateway_stage: {}, ...more });
    expect(apis).toEqual([]);
    expect(unserved).toMatchObject([
      {
        reason: expect.stringContaining(`test: ${reason}`) as string,
        effect: 'the API has no address, and answers nothing',
      },
    ]);
  });

  it('that cannot be named are told of, and take no other down', async () => {
    const { apis, unserved } = await loaded({
      aws_api_gateway_stage: { lost: stage('${var.name}'), prod: stage('prod') },
    });
    expect(apis).toMatchObject([{ stageName: 'prod' }]);
    expect(unserved).toMatchObject([
      { address: 'test: aws_api_gateway_stage.lost', effect: 'the stage is missing' },
    ]);
  });
});

it('reads authorizers, with the defaults', async () => {
  const authorizerOf = async (authorization: string, authorizer: object, more: object = {}) => {
    const put = {
      ...resources.aws_api_gateway_method.put,
      authorization,
      authorizer_id: '${aws_api_gateway_authorizer.door.id}',
      ...more,
    };
    const { methods } = await api({
      aws_api_gateway_method: { put },
      aws_api_gateway_authorizer: { door: { name: 'door', rest_api_id, ...authorizer } },
      aws_cognito_user_pool: { users: { name: 'users' } },
    });
    return methods[0]!.authorizer;
  };
  const header = { from: 'header', name: 'Authorization' };
  const authorizer_uri = '${aws_lambda_function.store.invoke_arn}';
  expect(await authorizerOf('CUSTOM', { authorizer_uri })).toMatchObject({
    kind: 'lambda',
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
    event: 'TOKEN',
    identitySources: [header],
    validation: undefined,
    ttlSeconds: 300,
  });
  const request = {
    authorizer_uri,
    type: 'REQUEST',
    identity_source: 'method.request.header.Auth, method.request.querystring.q,stageVariables.v,context.path',
    authorizer_result_ttl_in_seconds: 0,
  };
  expect(await authorizerOf('CUSTOM', request)).toMatchObject({
    event: 'REQUEST',
    identitySources: [
      { from: 'header', name: 'Auth' },
      { from: 'querystring', name: 'q' },
      { from: 'stageVariables', name: 'v' },
      { from: 'context', name: 'path' },
    ],
    ttlSeconds: 0,
  });
  const cognito = { type: 'COGNITO_USER_POOLS', provider_arns: ['${aws_cognito_user_pool.users.arn}'] };
  const scopes = { authorization_scopes: ['notes/read'] };
  expect(await authorizerOf('COGNITO_USER_POOLS', cognito, scopes)).toMatchObject({
    kind: 'cognito',
    identitySource: header,
    issuers: [
      expect.stringMatching(
        /^https:\/\/cognito-idp\.eu-west-1\.amazonaws\.com\/eu-west-1_[a-z0-9]{9}$/,
      ) as string,
    ],
    audience: undefined,
    scopes: ['notes/read'],
  });
});

it('reads the usage plans of its stage, with their keys', async () => {
  const stage = { api_id: rest_api_id, stage: '${aws_api_gateway_stage.stage.stage_name}' };
  const { usagePlans } = await api({
    aws_api_gateway_api_key: {
      ann: { name: 'ann', value: 'a-value-that-was-given' },
      bob: { name: 'bob', enabled: false },
    },
    aws_api_gateway_usage_plan: {
      basic: {
        name: 'basic',
        api_stages: [{ ...stage, throttle: [{ path: '/books/{id}/PUT', rate_limit: 1, burst_limit: 2 }] }],
        quota_settings: { limit: 20, offset: 2, period: 'WEEK' },
        throttle_settings: { rate_limit: 10, burst_limit: 5 },
      },
      elsewhere: { name: 'elsewhere', api_stages: [{ ...stage, stage: 'test' }] },
    },
    aws_api_gateway_usage_plan_key: Object.fromEntries(
      ['ann', 'bob'].map((name) => [
        name,
        {
          key_id: `\${aws_api_gateway_api_key.${name}.id}`,
          key_type: 'API_KEY',
          usage_plan_id: '${aws_api_gateway_usage_plan.basic.id}',
        },
      ]),
    ),
  });
  const id = expect.stringMatching(/^[a-z0-9]{10}$/) as string;
  expect(usagePlans).toEqual([
    {
      id: expect.stringMatching(/^[a-z0-9]{6}$/) as string,
      name: 'basic',
      keys: [
        { id, name: 'ann', value: 'a-value-that-was-given', isGiven: true, enabled: true },
        {
          id,
          name: 'bob',
          value: expect.stringMatching(/^[a-z0-9]{40}$/) as string,
          isGiven: false,
          enabled: false,
        },
      ],
      throttling: { rateLimit: 10, burstLimit: 5 },
      methodThrottling: { '/books/{id}/PUT': { rateLimit: 1, burstLimit: 2 } },
      quota: { limit: 20, offset: 2, period: 'WEEK' },
    },
  ]);
});

it.each<[what: string, more: TerraformJson['resource'], error: string]>([
  [
    'a model that is not there',
    {
      aws_api_gateway_model: {},
      aws_api_gateway_method: {
        put: { ...resources.aws_api_gateway_method.put, request_models: { 'application/json': 'Book' } },
      },
    },
    'test: aws_api_gateway_method.put.request_models: the API has no aws_api_gateway_model named Book',
  ],
  [
    "an integration with another of AWS's services",
    {
      aws_api_gateway_integration: {
        put: { ...ofMethod, type: 'AWS', uri: 'arn:aws:apigateway:eu-west-1:sqs:path/000000000000/orders' },
      },
    },
    "test: aws_api_gateway_integration.put.uri: expected a function's invoke_arn, received arn:aws:apigateway:eu-west-1:sqs:path/000000000000/orders",
  ],
  [
    'a function that is to be invoked by another method than POST',
    {
      aws_api_gateway_integration: {
        put: { ...resources.aws_api_gateway_integration.put, integration_http_method: 'GET' },
      },
    },
    'test: aws_api_gateway_integration.put.integration_http_method: functions are invoked by POST alone, received GET',
  ],
  [
    'an integration of a type that there is not',
    { aws_api_gateway_integration: { put: { ...ofMethod, type: 'GRPC', uri: 'https://example.com' } } },
    'test: aws_api_gateway_integration.put.type: expected AWS, AWS_PROXY, HTTP, HTTP_PROXY or MOCK, received GRPC',
  ],
  [
    'an HTTP integration with something that is no URL',
    {
      aws_api_gateway_integration: {
        put: { ...ofMethod, type: 'HTTP', integration_http_method: 'GET', uri: 'example.com' },
      },
    },
    'test: aws_api_gateway_integration.put.uri: expected an http:// or https:// URL, received example.com',
  ],
  [
    'a VPC link',
    {
      aws_api_gateway_integration: {
        put: {
          ...ofMethod,
          type: 'HTTP_PROXY',
          integration_http_method: 'ANY',
          uri: 'http://internal-lb.example.com/',
          connection_type: 'VPC_LINK',
          connection_id: 'abc123',
        },
      },
    },
    'test: aws_api_gateway_integration.put.connection_type: a VPC link leads nowhere from here',
  ],
  [
    'a stage variable that the stage does not have',
    {
      aws_api_gateway_integration: {
        put: {
          ...ofMethod,
          type: 'AWS_PROXY',
          uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:$${stageVariables.fn}/invocations',
        },
      },
    },
    'test: aws_api_gateway_integration.put.uri: the stage has no variable fn',
  ],
])('does not serve %s', async (_, more, error) => {
  expect((await api(more)).methods).toMatchObject([
    {
      httpMethod: 'PUT',
      path: '/books/{id}',
      integration: undefined,
      unserved: {
        address: 'test: aws_api_gateway_method.put',
        reason: expect.stringContaining(error) as string,
        effect: 'PUT /books/{id} answers 501',
      },
    },
  ]);
});

it('answers 501 for an API that cannot be read, and for a method whose place is unknown', async () => {
  expect(await api({ aws_api_gateway_rest_api: { api: { name: 'books', body: '{}' } } })).toMatchObject({
    stageName: 'prod',
    methods: [],
    unserved: { address: 'test: aws_api_gateway_rest_api.api', effect: 'the API answers 501' },
  });
  const lost = { ...resources.aws_api_gateway_method.put, http_method: '${var.verb}' };
  const { methods, unserved } = await api({
    aws_api_gateway_method: { lost, put: resources.aws_api_gateway_method.put },
  });
  expect(methods.map(({ httpMethod, unserved }) => [httpMethod, unserved])).toEqual([['PUT', undefined]]);
  expect(unserved).toMatchObject({ address: 'test: aws_api_gateway_method.lost' });
});

it('finds the function that a stage variable names', async () => {
  const uri =
    'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:000000000000:function:$${stageVariables.fn}/invocations';
  const { methods } = await api({
    aws_api_gateway_stage: { stage: { rest_api_id, stage_name: 'prod', variables: { fn: 'store' } } },
    aws_api_gateway_integration: { put: { ...ofMethod, type: 'AWS_PROXY', uri } },
  });
  expect(methods[0]!.integration).toMatchObject({
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
  });
});

it('finds a function whose account is written out', async () => {
  const uri =
    'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:store/invocations';
  const { methods } = await api({
    aws_api_gateway_integration: {
      put: { ...ofMethod, type: 'AWS_PROXY', integration_http_method: 'POST', uri },
    },
  });
  expect(methods[0]!.integration).toMatchObject({
    functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
  });
});

it('reads a mock, which has no function', async () => {
  const template = { 'application/json': '{"statusCode": 200}' };
  const { methods } = await api({
    aws_api_gateway_integration: { put: { ...ofMethod, type: 'MOCK', request_templates: template } },
  });
  expect(methods[0]!.integration).toEqual({
    type: 'MOCK',
    passthroughBehavior: 'WHEN_NO_MATCH',
    requestParameters: {},
    requestTemplates: template,
    responses: [],
  });
});

it('reads HTTP integrations, stage variables in their URIs filled in', async () => {
  const { methods } = await api({
    aws_api_gateway_stage: {
      stage: { rest_api_id, stage_name: 'prod', variables: { host: 'localhost:9999' } },
    },
    aws_api_gateway_integration: {
      put: {
        ...ofMethod,
        type: 'HTTP_PROXY',
        integration_http_method: 'ANY',
        uri: 'http://$${stageVariables.host}/books/{id}',
        request_parameters: { 'integration.request.path.id': 'method.request.path.id' },
        tls_config: { insecure_skip_verification: true },
      },
    },
  });
  expect(methods[0]!.integration).toEqual({
    type: 'HTTP_PROXY',
    uri: 'http://localhost:9999/books/{id}',
    httpMethod: 'ANY',
    insecure: true,
    timeoutMs: 29_000,
    passthroughBehavior: 'WHEN_NO_MATCH',
    requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
    requestTemplates: {},
    responses: [],
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html
it('reads a model with the models that it refers to, in circles too', async () => {
  const urlOf = (name: string) => `https://apigateway.amazonaws.com/restapis/${rest_api_id}/models/${name}`;
  const model = (name: string, other: string) => ({
    rest_api_id,
    name,
    schema: JSON.stringify({ type: 'object', properties: { other: { $ref: urlOf(other) } } }),
  });
  const { id, methods } = await api({
    aws_api_gateway_model: { book: model('Book', 'Author'), author: model('Author', 'Book') },
  });
  const url = (name: string) => `https://apigateway.amazonaws.com/restapis/${id}/models/${name}`;
  expect(methods[0]!.requestModels['application/json']).toEqual({
    id: url('Book'),
    type: 'object',
    properties: { other: { $ref: url('Author') } },
    definitions: {
      [url('Author')]: {
        id: url('Author'),
        type: 'object',
        properties: { other: { $ref: url('Book') } },
      },
    },
  });
});

describe('the credentials of an integration', () => {
  const put = resources.aws_api_gateway_integration.put;
  const trust = (Service: string) =>
    JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }] });
  const withRole = (service: string) => ({
    aws_iam_role: {
      ...json.resource.aws_iam_role,
      gateway: { name: 'gateway', assume_role_policy: trust(service) },
    },
    aws_api_gateway_integration: { put: { ...put, credentials: '${aws_iam_role.gateway.arn}' } },
  });

  it('are a role that API Gateway takes on', async () => {
    const { methods } = await api(withRole('apigateway.amazonaws.com'));
    expect(methods[0]!.integration).toMatchObject({ invokedAs: { name: 'gateway' } });
  });

  it.each<[string, TerraformJson['resource'], string]>([
    [
      'a role that does not trust it',
      withRole('lambda.amazonaws.com'),
      'put.credentials: API Gateway does not have permission to assume the provided role',
    ],
    [
      'those of the caller',
      { aws_api_gateway_integration: { put: { ...put, credentials: 'arn:aws:iam::*:user/*' } } },
      'put.credentials: callers are not identified here',
    ],
  ])('are not %s', async (_, more, reason) => {
    const { unserved } = (await api(more)).methods[0]!;
    expect(unserved?.reason).toContain(reason);
  });
});

describe('the resource policy', () => {
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Deny',
      Principal: '*',
      Action: 'execute-api:Invoke',
      Resource: 'execute-api:/prod/*',
    },
  });
  const inFull = { effect: 'Deny', principals: { AWS: ['*'] } };

  it.each([
    ['of the API', { aws_api_gateway_rest_api: { api: { name: 'books', policy } } }],
    ['beside it', { aws_api_gateway_rest_api_policy: { policy: { rest_api_id, policy } } }],
  ])('is read, %s', async (_, more) => {
    const { policy: read, executionArn } = await api(more);
    expect(read?.statements).toMatchObject([{ ...inFull, resources: [`${executionArn}/prod/*`] }]);
  });

  it('leaves the API unserved when it is none', async () => {
    const { unserved } = await api({ aws_api_gateway_rest_api_policy: { p: { rest_api_id, policy: '{' } } });
    expect(unserved?.reason).toContain('aws_api_gateway_rest_api_policy.p.policy: expected JSON');
  });
});
