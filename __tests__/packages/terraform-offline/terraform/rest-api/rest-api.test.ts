import type { RestApi } from '../../../../../packages/terraform-offline/terraform/model/rest-api';
import { load } from '../support';
import { api, json, resources, rest_api_id } from './support';

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
