import { HttpApi } from '../../../stacks/constructs/http-api';
import { NodeFunction } from '../../../stacks/constructs/node-function';
import { environment, withName } from '../../../stacks/environment';
import { resource, resourcesOf, synthesize } from '../../support/synth';

type Route = readonly [method: string, path: string];

const withRoutes = (
  routes: readonly Route[],
  { settings = environment() }: { settings?: ReturnType<typeof environment> } = {},
) =>
  synthesize((stack, environment) => {
    const bundle = 'data-api/store-data';
    const fn = new NodeFunction(stack, 'fn', { environment, functionName: 'Echo', bundle });
    const api = new HttpApi(stack, 'api', { environment, apiName: 'things' });
    for (const [method, path] of routes) api.addRoute(method, path, fn);
  }, settings);

const one = withRoutes([['GET', '/things/{id}']]);
const stageOf = (stack: typeof one) => resource(stack, 'aws_apigatewayv2_stage');

test('the API is an HTTP API without CORS', () => {
  expect(resource(one, 'aws_apigatewayv2_api')).toEqual({ name: 'things', protocol_type: 'HTTP' });
});

test('a route is a proxy integration of the function with payload format 2.0', () => {
  const [integration] = Object.keys(resourcesOf(one, 'aws_apigatewayv2_integration'));
  expect(resource(one, 'aws_apigatewayv2_integration')).toMatchObject({
    integration_type: 'AWS_PROXY',
    integration_uri: expect.stringMatching(/^\$\{aws_lambda_alias\.\w+\.invoke_arn\}$/) as string,
    payload_format_version: '2.0',
  });
  expect(resource(one, 'aws_apigatewayv2_route')).toMatchObject({
    route_key: 'GET /things/{id}',
    target: `integrations/\${aws_apigatewayv2_integration.${integration}.id}`,
  });
});

test.each<[Route, string]>([
  [['GET', '/things/{id}'], '/$default/GET/things/{id}'],
  [['POST', '/things'], '/$default/POST/things'],
  [['GET', '/files/{path+}'], '/$default/GET/files/{path+}'],
  [['GET', '/'], '/$default/GET/'],
])('the permission of %j names the stage, the method and the route', (route, source) => {
  const { source_arn, principal } = resource(withRoutes([route]), 'aws_lambda_permission');
  expect(source_arn).toMatch(/^\$\{aws_apigatewayv2_api\.\w+\.execution_arn\}/);
  expect(String(source_arn).replace(/^\$\{[^}]+\}/, '')).toBe(source);
  expect(principal).toBe('apigateway.amazonaws.com');
});

describe('no moment between', () => {
  const [[permission]] = [Object.keys(resourcesOf(one, 'aws_lambda_permission'))];

  test.each(['aws_apigatewayv2_integration', 'aws_apigatewayv2_route'])(
    '%s waits for the permission',
    (type) => {
      expect(resource(one, type).depends_on).toEqual([`aws_lambda_permission.${permission}`]);
    },
  );

  test('a new permission is there before the old one goes', () => {
    expect(resource(one, 'aws_lambda_permission').lifecycle).toEqual({ create_before_destroy: true });
  });
});

describe('a route by its position', () => {
  const addresses = (path: string) =>
    ['aws_apigatewayv2_integration', 'aws_apigatewayv2_route', 'aws_lambda_permission'].flatMap((type) =>
      Object.keys(resourcesOf(withRoutes([['GET', path]]), type)),
    );

  test('has the same addresses whatever its parameters are called', () => {
    expect(addresses('/things/{key}/parts/{part}')).toEqual(addresses('/things/{id}/parts/{number}'));
  });

  test.each(['/things/{id+}', '/things/id', '/{id}'])('is another one than /things/{id} as %s', (path) => {
    expect(addresses(path)).not.toEqual(expect.arrayContaining(addresses('/things/{id}').slice(0, 1)));
  });

  test('goes on from the address that release 0.1 gave it', () => {
    const moved = one.moved as unknown as { from: string; to: string }[];
    expect(moved.map(({ from }) => from.replace(/_[0-9A-F]{8}$/, '')).sort()).toEqual([
      'aws_apigatewayv2_integration.api_integration-GET-things--id',
      'aws_apigatewayv2_route.api_route-GET-things--id',
      'aws_lambda_permission.fn_permission-GET-things--id',
    ]);
    expect(moved.map(({ to }) => to.split('.')[1]).sort()).toEqual(addresses('/things/{id}').sort());
  });

  test('had that address already without parameters', () => {
    expect(withRoutes([['GET', '/things']])).not.toHaveProperty('moved');
  });
});

test('a function of two routes has a permission for each', () => {
  const two = withRoutes([
    ['GET', '/things'],
    ['POST', '/things'],
  ]);
  expect(Object.keys(resourcesOf(two, 'aws_lambda_permission'))).toHaveLength(2);
});

test('the stage is $default, deploys itself and is throttled as the environment says', () => {
  expect(stageOf(one)).toMatchObject({
    name: '$default',
    auto_deploy: true,
    default_route_settings: { throttling_rate_limit: 100, throttling_burst_limit: 200 },
  });
});

describe('the access log', () => {
  test('goes to a log group of its own, kept for the days set', () => {
    const [id] = Object.entries(resourcesOf(one, 'aws_cloudwatch_log_group')).find(
      ([, { name }]) => name === '/aws/vendedlogs/apigateway/things',
    )!;
    expect(
      resource(one, 'aws_cloudwatch_log_group', { name: '/aws/vendedlogs/apigateway/things' }),
    ).toMatchObject({
      retention_in_days: 14,
    });
    expect(stageOf(one).access_log_settings).toMatchObject({
      destination_arn: `\${aws_cloudwatch_log_group.${id}.arn}`,
    });
  });

  test('leaves the group that release 0.1 wrote to where it is', () => {
    const [{ from, lifecycle }] = one.removed as unknown as [{ from: string; lifecycle: unknown }];
    expect(from).toMatch(/^aws_cloudwatch_log_group\.api_access-log_\w+$/);
    expect(lifecycle).toEqual({ destroy: false });
    expect(Object.keys(resourcesOf(one, 'aws_cloudwatch_log_group'))).not.toContain(from.split('.')[1]);
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
  test('is JSON whatever the variables hold, and one line', () => {
    const { format } = stageOf(one).access_log_settings as { format: string };
    const filled = JSON.parse(format.replaceAll(/\$context\.[a-zA-Z.]+/g, '-')) as Record<string, string>;
    expect(new Set(Object.values(filled))).toEqual(new Set(['-']));
    expect(format).not.toContain('\n');
    for (const variable of [
      'requestId',
      'status',
      'routeKey',
      'identity.sourceIp',
      'integrationErrorMessage',
    ]) {
      expect(format).toContain(`"$context.${variable}"`);
    }
  });
});

test('pages of the origin may call the API, if the environment has one', () => {
  const cors = { allowOrigin: 'https://app.example.com', maxAgeSeconds: 60 };
  const settings = withName('default', { ...environment(), cors });
  const { cors_configuration } = resource(withRoutes([['GET', '/a']], { settings }), 'aws_apigatewayv2_api');
  expect(cors_configuration).toMatchObject({
    allow_origins: ['https://app.example.com'],
    allow_methods: ['*'],
    // `*` would leave it out.
    allow_headers: expect.arrayContaining(['authorization', 'if-match', 'x-api-key']) as string[],
    expose_headers: ['*'],
    max_age: 60,
  });
  expect(cors_configuration).not.toHaveProperty('allow_credentials');
});

describe('limits of a route', () => {
  const limited = (routeKey: string) =>
    withName('default', {
      ...environment(),
      routeThrottling: { 'items-api': { [routeKey]: { rateLimit: 1, burstLimit: 2 } } },
    });
  const withLimit = (routeKey: string) =>
    synthesize((stack, environment) => {
      const bundle = 'data-api/store-data';
      const fn = new NodeFunction(stack, 'fn', { environment, functionName: 'Echo', bundle });
      const api = new HttpApi(stack, 'api', { environment, apiName: 'items-api' });
      api.addRoute('GET', '/a/{id}', fn);
      api.addRoute('POST', '/a', fn);
    }, limited(routeKey));

  test('are in the stage, which waits for the route', () => {
    const stack = withLimit('GET /a/{id}');
    expect(stageOf(stack)).toMatchObject({
      route_settings: [{ route_key: 'GET /a/{id}', throttling_rate_limit: 1, throttling_burst_limit: 2 }],
    });
    const [id] = Object.entries(resourcesOf(stack, 'aws_apigatewayv2_route')).find(
      ([, { route_key }]) => route_key === 'GET /a/{id}',
    )!;
    expect(stageOf(stack).depends_on).toEqual([`aws_apigatewayv2_route.${id}`]);
  });

  test('are refused for a route that the API does not have', () => {
    expect(() => withLimit('GET /b')).toThrow(
      'routeThrottling in stacks/environment.ts names GET /b; the API has GET /a/{id}, POST /a',
    );
  });
});

test('names carry the environment', () => {
  const staging = withRoutes([['GET', '/a']], { settings: environment('staging') });
  expect(resource(staging, 'aws_apigatewayv2_api').name).toBe('things-staging');
  expect(
    resource(staging, 'aws_cloudwatch_log_group', { name: '/aws/vendedlogs/apigateway/things-staging' }),
  ).toBeDefined();
});

test.each([
  ['things', /received the path "things"; expected segments such as \/items\/\{id\}/],
  ['/things/', /received the path "\/things\/"/],
  ['/things//x', /received the path/],
  ['/{proxy+}/x', /a greedy \{name\+\} only as the last one/],
  ['/thi ngs', /received the path/],
  ['', /received the path ""/],
])('the path %s is refused at synth', (path, message) => {
  expect(() => withRoutes([['GET', path]])).toThrow(message);
});

test('a route given twice is refused at synth', () => {
  expect(() =>
    withRoutes([
      ['GET', '/a'],
      ['GET', '/a'],
    ]),
  ).toThrow('received the route GET /a a second time');
});

test('a route given twice under two names is refused at synth', () => {
  expect(() =>
    withRoutes([
      ['GET', '/a/{id}'],
      ['GET', '/a/{key}'],
    ]),
  ).toThrow('received the route GET /a/{key} a second time');
});

test('an API without a route is refused at synth', () => {
  expect(() => withRoutes([])).toThrow('the API has no route; add one with addRoute()');
});
