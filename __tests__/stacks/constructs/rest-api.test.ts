import { NodeFunction } from '../../../stacks/constructs/node-function';
import { RestApi } from '../../../stacks/constructs/rest-api';
import { environment, withName } from '../../../stacks/environment';
import { resource, resourcesOf, synthesize, type Configuration } from '../../support/synth';

type Route = readonly [method: string, path: string];

const withRoutes = (routes: readonly Route[], { functionName = 'Echo', settings = environment() } = {}) =>
  synthesize((stack, environment) => {
    const fn = new NodeFunction(stack, 'fn', { environment, functionName, bundle: 'data-api/store-data' });
    const api = new RestApi(stack, 'api', { environment, apiName: 'things', stageName: 'prod' });
    for (const [method, path] of routes) api.addProxyRoute(method, path, fn);
  }, settings);

const one = withRoutes([['GET', '/things/{id}']]);
const deploymentOf = (stack: Configuration) => resource(stack, 'aws_api_gateway_deployment');
const hashOf = (stack: Configuration) => (deploymentOf(stack).triggers as { shape: string }).shape;

test('a path makes one resource for each segment, shared between routes', () => {
  const stack = withRoutes([
    ['GET', '/things/{id}'],
    ['PUT', '/things/{id}'],
    ['POST', '/things'],
  ]);
  const parts = Object.values(resourcesOf(stack, 'aws_api_gateway_resource')).map(
    ({ path_part }) => path_part,
  );
  expect(parts.sort()).toEqual(['things', '{id}']);
});

test('a route is a proxy integration of the function', () => {
  expect(resource(one, 'aws_api_gateway_method')).toMatchObject({
    http_method: 'GET',
    authorization: 'NONE',
  });
  expect(resource(one, 'aws_api_gateway_integration')).toMatchObject({
    type: 'AWS_PROXY',
    integration_http_method: 'POST',
    uri: expect.stringMatching(/^\$\{aws_lambda_alias\.\w+\.invoke_arn\}$/) as string,
  });
});

test('the permission names the stage, the method and the path', () => {
  expect(resource(one, 'aws_lambda_permission').source_arn).toMatch(
    /execution_arn\}\/prod\/GET\/things\/\*$/,
  );
});

test('the deployment waits for everything that shapes the API and for the permissions, and is replaced before it is destroyed', () => {
  const shaping = [
    'aws_api_gateway_rest_api',
    'aws_api_gateway_resource',
    'aws_api_gateway_method',
    'aws_api_gateway_integration',
    'aws_api_gateway_gateway_response',
    'aws_lambda_permission',
  ].flatMap((type) => Object.keys(resourcesOf(one, type)).map((id) => `${type}.${id}`));
  const { depends_on, lifecycle } = deploymentOf(one);
  expect([...(depends_on as string[])].sort()).toEqual(shaping.sort());
  expect(lifecycle).toEqual({ create_before_destroy: true });
});

describe('the deployment is made anew', () => {
  test.each([
    [
      'a route is added',
      withRoutes([
        ['GET', '/things/{id}'],
        ['POST', '/things'],
      ]),
    ],
    ['a method changes', withRoutes([['PUT', '/things/{id}']])],
    ['a path changes', withRoutes([['GET', '/things/{name}']])],
    ['the function is renamed', withRoutes([['GET', '/things/{id}']], { functionName: 'Other' })],
  ])('when %s', (_, changed) => {
    expect(hashOf(changed)).not.toBe(hashOf(one));
  });

  test('and not when nothing of it changed', () => {
    const logs = {
      ...environment(),
      logRetentionInDays: 30,
      restApiLogs: true,
      throttling: { rateLimit: 1, burstLimit: 1 },
    };
    expect(hashOf(withRoutes([['GET', '/things/{id}']]))).toBe(hashOf(one));
    expect(hashOf(withRoutes([['GET', '/things/{id}']], { settings: logs }))).toBe(hashOf(one));
  });
});

test('the stage is throttled as the environment says', () => {
  expect(resource(one, 'aws_api_gateway_method_settings')).toMatchObject({
    method_path: '*/*',
    settings: { throttling_rate_limit: 100, throttling_burst_limit: 200 },
  });
});

describe('a resource by its position', () => {
  const addresses = (path: string) => {
    const stack = withRoutes([['GET', path]]);
    return Object.entries((stack.resource ?? {}) as Record<string, object>)
      .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
      .sort();
  };

  test.each(['/things/{key}', '/things/{key+}'])('has the same address as %s and /things/{id}', (path) => {
    expect(addresses(path)).toEqual(addresses('/things/{id}'));
  });

  test('has another one at another place', () => {
    expect(addresses('/things/id')).not.toEqual(addresses('/things/{id}'));
  });

  test('goes on from the address that release 0.1 gave it', () => {
    const moved = one.moved as unknown as { from: string; to: string }[];
    expect(moved.map(({ from }) => from.replace(/_[0-9A-F]{8}$/, '')).sort()).toEqual([
      'aws_api_gateway_integration.api_integration-GET-things--id',
      'aws_api_gateway_method.api_method-GET-things--id',
      'aws_api_gateway_resource.api_resource-things--id',
      'aws_lambda_permission.fn_permission-GET-things--id',
    ]);
    expect(moved.map(({ to }) => to).every((to) => addresses('/things/{id}').includes(to))).toBe(true);
  });

  test('had that address already without parameters', () => {
    expect(withRoutes([['GET', '/things']])).not.toHaveProperty('moved');
  });
});

describe('logs', () => {
  const logged = withRoutes([['GET', '/things/{id}']], { settings: environment('staging') });
  const settingsOf = (stack: Configuration) =>
    resource(stack, 'aws_api_gateway_method_settings').settings as Record<string, unknown>;
  const groups = (stack: Configuration) =>
    Object.values(resourcesOf(stack, 'aws_cloudwatch_log_group')).map(({ name }) => name);

  test('are off by default, since they take what an account has once', () => {
    expect(resource(one, 'aws_api_gateway_stage')).not.toHaveProperty('access_log_settings');
    expect(settingsOf(one)).toMatchObject({ logging_level: 'OFF', data_trace_enabled: false });
    expect(groups(one)).toEqual(['/aws/lambda/Echo']);
  });

  test('have groups of their own, which are there before the stage', () => {
    expect(groups(logged)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^API-Gateway-Execution-Logs_\$\{aws_api_gateway_rest_api\.\w+\.id\}\/prod$/),
        '/aws/vendedlogs/apigateway/things-staging',
      ]),
    );
    const [execution] = Object.entries(resourcesOf(logged, 'aws_cloudwatch_log_group')).find(([, { name }]) =>
      String(name).startsWith('API-'),
    )!;
    expect(resource(logged, 'aws_api_gateway_stage').depends_on).toEqual([
      `aws_cloudwatch_log_group.${execution}`,
    ]);
    for (const group of Object.values(resourcesOf(logged, 'aws_cloudwatch_log_group')))
      expect(group.retention_in_days).toBe(14);
  });

  test("hold the gateway's errors, and nothing of bodies and headers", () => {
    expect(settingsOf(logged)).toMatchObject({ logging_level: 'ERROR', data_trace_enabled: false });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
  test('are JSON whatever the variables hold, one line a request', () => {
    const { format } = resource(logged, 'aws_api_gateway_stage').access_log_settings as { format: string };
    const filled = JSON.parse(format.replaceAll(/\$context\.[a-zA-Z.]+/g, '-')) as Record<string, string>;
    expect(new Set(Object.values(filled))).toEqual(new Set(['-']));
    expect(format).not.toContain('\n');
    for (const variable of [
      'requestId',
      'extendedRequestId',
      'integration.requestId',
      'status',
      'responseLatency',
      'integration.latency',
      'error.message',
      'integration.error',
      'authorizer.error',
      'identity.sourceIp',
      'resourcePath',
    ]) {
      expect(format).toContain(`"$context.${variable}"`);
    }
  });
});

describe("the gateway's own errors", () => {
  const responses = Object.values(resourcesOf(one, 'aws_api_gateway_gateway_response'));

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
  test.each([
    ['MISSING_AUTHENTICATION_TOKEN', '403'],
    ['BAD_REQUEST_BODY', '400'],
    ['UNSUPPORTED_MEDIA_TYPE', '415'],
    ['REQUEST_TOO_LARGE', '413'],
    ['THROTTLED', '429'],
    ['INTEGRATION_TIMEOUT', '504'],
  ])('%s keeps its status %s and says so in the body', (type, status) => {
    const { status_code, response_templates } = resource(one, 'aws_api_gateway_gateway_response', {
      response_type: type,
    });
    expect(status_code).toBe(status);
    expect((response_templates as Record<string, string>)['application/json']).toContain(
      `"status":${status},`,
    );
  });

  test.each(['DEFAULT_4XX', 'DEFAULT_5XX'])('%s leaves the status open', (type) => {
    const response = resource(one, 'aws_api_gateway_gateway_response', { response_type: type });
    expect(response).not.toHaveProperty('status_code');
    expect(JSON.stringify(response.response_templates)).not.toContain('"status\\"');
  });

  test('are problem+json, and JSON once the gateway fills them in', () => {
    expect(responses.length).toBeGreaterThan(0);
    for (const { response_parameters, response_templates } of responses) {
      expect(response_parameters).toEqual({
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
      });
      const template = (response_templates as Record<string, string>)['application/json'] ?? '';
      const filled = template
        .replace('$context.error.messageString', '"Forbidden"')
        .replace('$context.requestId', 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef');
      expect(Object.keys(JSON.parse(filled) as object)).toEqual(
        expect.arrayContaining(['type', 'title', 'detail', 'code', 'requestId']),
      );
      expect(filled).not.toContain('$');
    }
  });
});

test.each([
  ['things', /received the path "things"; expected segments such as \/data\/\{id\}/],
  ['/things/', /received the path "\/things\/"/],
  ['/things//x', /received the path/],
  ['/{proxy+}/x', /a greedy \{name\+\} only as the last one/],
  ['/thi ngs', /received the path/],
  // "Resource's path part only allow a-zA-Z0-9._-: […] and curly braces at the beginning and the end […]"
  ['/~things', /received the path/],
])('the path %s is refused at synth', (path, message) => {
  expect(() => withRoutes([['GET', path]])).toThrow(message);
});

test('the characters that a path part may have are taken', () => {
  expect(() => withRoutes([['GET', '/aZ09._-:/{aZ09._-}/{proxy+}']])).not.toThrow();
});

test.each([
  ['/data/{name}', '/data/{name}'],
  ['/data/{name}/parts', '/data/{name}'],
  ['/data/{proxy+}', '/data/{proxy+}'],
])('%s beside /data/{id} is refused at synth: one place has one parameter', (path, named) => {
  expect(() =>
    withRoutes([
      ['GET', '/data/{id}'],
      ['DELETE', path],
    ]),
  ).toThrow(
    `received the path ${named} beside /data/{id}; API Gateway takes one parameter in the same place`,
  );
});

test('parameters in different places have names of their own', () => {
  expect(() =>
    withRoutes([
      ['GET', '/data/{id}/{part}'],
      ['GET', '/data/{id}'],
      ['GET', '/{proxy+}'],
      ['GET', '/other/{name}'],
    ]),
  ).not.toThrow();
});

test('a route given twice is refused at synth', () => {
  expect(() =>
    withRoutes([
      ['GET', '/a'],
      ['GET', '/a'],
    ]),
  ).toThrow('received the route GET /a a second time');
});

test.each(['', 'pr od', 'prod/v1', 'p'.repeat(129)])('the stage name "%s" is refused', (stageName) => {
  expect(() =>
    synthesize((stack, environment) => {
      new RestApi(stack, 'api', { environment, apiName: 'things', stageName });
    }),
  ).toThrow(`received the stage name "${stageName}"`);
});

test('an API without a route is refused at synth', () => {
  expect(() => withRoutes([])).toThrow(
    'the API has no route; add one with addProxyRoute() or addEventRoute()',
  );
});

describe('pages of an origin', () => {
  const cors = { allowOrigin: 'https://app.example.com', maxAgeSeconds: 60 };
  const settings = withName('staging', { ...environment('staging'), cors });
  const stack = withRoutes(
    [
      ['GET', '/things/{id}'],
      ['PUT', '/things/{id}'],
      ['POST', '/things'],
    ],
    { settings },
  );
  const preflights = Object.values(resourcesOf(stack, 'aws_api_gateway_method')).filter(
    ({ http_method }) => http_method === 'OPTIONS',
  );

  test('may ask what they may do, once for each path, whoever they are', () => {
    expect(preflights.map(({ authorization }) => authorization)).toEqual(['NONE', 'NONE']);
    const mocks = Object.values(resourcesOf(stack, 'aws_api_gateway_integration')).filter(
      ({ type }) => type === 'MOCK',
    );
    expect(mocks.map(({ request_templates }) => request_templates)).toEqual([
      { 'application/json': '{"statusCode":204}' },
      { 'application/json': '{"statusCode":204}' },
    ]);
    for (const { response_parameters } of Object.values(
      resourcesOf(stack, 'aws_api_gateway_integration_response'),
    ))
      expect(response_parameters).toMatchObject({
        'method.response.header.Access-Control-Allow-Origin': "'https://app.example.com'",
        'method.response.header.Access-Control-Allow-Methods': "'*'",
        'method.response.header.Access-Control-Allow-Headers': expect.stringContaining(
          'authorization,',
        ) as string,
        'method.response.header.Access-Control-Max-Age': "'60'",
      });
  });

  test('may read the errors of the gateway, and what the function answers, which is told the origin', () => {
    for (const { response_parameters } of Object.values(
      resourcesOf(stack, 'aws_api_gateway_gateway_response'),
    ))
      expect(response_parameters).toMatchObject({
        'gatewayresponse.header.Access-Control-Allow-Origin': "'https://app.example.com'",
      });
    expect(resource(stack, 'aws_lambda_function').environment).toEqual({
      variables: { CORS_ALLOW_ORIGIN: 'https://app.example.com' },
    });
  });

  test('are none without the setting', () => {
    expect(JSON.stringify(one)).not.toContain('Access-Control');
    expect(JSON.stringify(one)).not.toContain('OPTIONS');
  });
});

describe('a domain', () => {
  const domain = {
    name: 'example.com',
    certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/abc',
  };
  const stack = withRoutes([['GET', '/things']], {
    settings: withName('default', { ...environment(), domain }),
  });

  test('has the stage at a name of its own, and the API has no other', () => {
    expect(resource(stack, 'aws_apigatewayv2_domain_name')).toMatchObject({
      domain_name: 'things.example.com',
      domain_name_configuration: {
        certificate_arn: domain.certificateArn,
        endpoint_type: 'REGIONAL',
        security_policy: 'TLS_1_2',
      },
    });
    expect(resource(stack, 'aws_apigatewayv2_api_mapping')).not.toHaveProperty('api_mapping_key');
    expect(resource(stack, 'aws_api_gateway_rest_api').disable_execute_api_endpoint).toBe(true);
    expect(resourcesOf(stack, 'aws_route53_record')).toEqual({});
  });

  test('gets its record where its zone is named', () => {
    const settings = withName('default', { ...environment(), domain: { ...domain, hostedZoneId: 'Z123' } });
    expect(resource(withRoutes([['GET', '/things']], { settings }), 'aws_route53_record')).toMatchObject({
      type: 'A',
      zone_id: 'Z123',
      name: expect.stringMatching(/^\$\{aws_apigatewayv2_domain_name\./) as string,
    });
  });
});

describe('limits of a route', () => {
  const limited = (routeKey: string) =>
    synthesize(
      (stack, environment) => {
        const bundle = 'data-api/store-data';
        const fn = new NodeFunction(stack, 'fn', { environment, functionName: 'Echo', bundle });
        const api = new RestApi(stack, 'api', { environment, apiName: 'data-api', stageName: 'prod' });
        api.addProxyRoute('GET', '/data/{id}', fn);
      },
      withName('staging', {
        ...environment('staging'),
        routeThrottling: { 'data-api': { [routeKey]: { rateLimit: 1, burstLimit: 2 } } },
      }),
    );

  // https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateStage.html: slashes are ~1
  test('are settings of the method, whole as those of all', () => {
    const { settings } = resource(limited('GET /data/{id}'), 'aws_api_gateway_method_settings', {
      method_path: '~1data~1{id}/GET',
    });
    expect(settings).toEqual({
      throttling_rate_limit: 1,
      throttling_burst_limit: 2,
      logging_level: 'ERROR',
      data_trace_enabled: false,
    });
  });

  test('are refused for a route that the API does not have', () => {
    expect(() => limited('PUT /data/{id}')).toThrow(
      'routeThrottling in stacks/environment.ts names PUT /data/{id}; the API has GET /data/{id}',
    );
  });
});
