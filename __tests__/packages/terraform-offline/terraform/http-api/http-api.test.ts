import { type TerraformJson, load } from '../support';
import type { HttpApi } from '../../../../../packages/terraform-offline/terraform/model/http-api';
import { json, api_id, resources, stack } from './support';

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
