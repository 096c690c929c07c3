import { type TerraformJson } from '../support';
import { api, ofMethod, resources, rest_api_id } from './support';

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
