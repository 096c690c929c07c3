import { Testing } from 'cdktf';
import type { Access } from '../../../functions/shared/contract';
import { HttpApi } from '../../../stacks/constructs/http-api';
import { NodeFunction } from '../../../stacks/constructs/node-function';
import { RestApi } from '../../../stacks/constructs/rest-api';
import { DataApi } from '../../../stacks/data-api';
import { environment, withName, type Environment } from '../../../stacks/environment';
import type { EnvironmentSettings } from '../../../stacks/environment/settings';
import { resource, resourcesOf, synthesize } from '../../support/synth';

const jwt = { issuer: 'https://issuer.example.com/', audience: ['app'] };
const usagePlan = { clients: ['acme', 'zen'], requestsPerDay: 1000, rateLimit: 5, burstLimit: 10 };

/** An environment in which nothing is set, but for these settings. */
const closed = (settings: Partial<EnvironmentSettings> = {}): Environment =>
  withName('test', { ...environment('staging'), restApiLogs: false, ...settings });

const rest = (settings: Environment, access?: Access, apiName = 'data-api') =>
  synthesize((stack) => {
    const fn = new NodeFunction(stack, 'fn', {
      environment: settings,
      functionName: 'Echo',
      bundle: 'data-api/store-data',
    });
    const api = new RestApi(stack, 'api', { environment: settings, apiName, stageName: 'prod' });
    api.addProxyRoute('GET', '/things', fn, access);
  }, settings);

const http = (settings: Environment, access?: Access) =>
  synthesize((stack) => {
    const fn = new NodeFunction(stack, 'fn', {
      environment: settings,
      functionName: 'Echo',
      bundle: 'data-api/store-data',
    });
    const api = new HttpApi(stack, 'api', { environment: settings, apiName: 'items-api' });
    api.addRoute('GET', '/things', fn, access);
    api.addRoute('POST', '/things', fn, access);
  }, settings);

const methodOf = (stack: ReturnType<typeof rest>) => resource(stack, 'aws_api_gateway_method');
const routeOf = (stack: ReturnType<typeof http>) =>
  resource(stack, 'aws_apigatewayv2_route', { route_key: 'GET /things' });

describe('where nothing is set', () => {
  test.each(['staging', 'production'])('%s takes signed requests alone', (name) => {
    expect(methodOf(rest(environment(name)))).toMatchObject({ authorization: 'AWS_IAM' });
    expect(routeOf(http(environment(name)))).toMatchObject({ authorization_type: 'AWS_IAM' });
  });

  test('default is open', () => {
    expect(methodOf(rest(environment())).authorization).toBe('NONE');
    expect(routeOf(http(environment()))).not.toHaveProperty('authorization_type');
  });
});

test('a setting for a system goes before the one for all, and the contract before both', () => {
  const settings = closed({ usagePlan, authorization: { '*': 'iam', 'data-api': 'apiKey' } });
  expect(methodOf(rest(settings))).toMatchObject({ api_key_required: true });
  expect(methodOf(rest(settings, {}, 'order-api'))).toMatchObject({ authorization: 'AWS_IAM' });
  expect(methodOf(rest(settings, { authorization: 'iam' }))).toMatchObject({ authorization: 'AWS_IAM' });
});

describe('none', () => {
  const refused =
    'test/api: GET /things has the authorization none, and allowPublic of the environment test does not name';

  test('is refused for a system that allowPublic does not name, set or in the contract', () => {
    const settings = { allowPublic: ['order-api' as const] };
    expect(() => rest(closed({ ...settings, authorization: { 'data-api': 'none' } }))).toThrow(refused);
    expect(() => rest(closed(settings), { authorization: 'none' })).toThrow(refused);
    expect(() => http(closed(settings), { authorization: 'none' })).toThrow(`${refused} items-api`);
  });

  test('is taken for a system that it names', () => {
    const settings = closed({ allowPublic: ['data-api'], authorization: { 'data-api': 'none' } });
    expect(methodOf(rest(settings)).authorization).toBe('NONE');
  });

  test('is warned of, once for each API, and nothing else is', () => {
    const warnings = (settings: Environment) =>
      new DataApi(Testing.app(), 'data-api', settings).node
        .findAll()
        .flatMap(({ node }) => node.metadata)
        .filter(({ type }) => type === '@cdktf/warn')
        .map(({ data }: { data?: unknown }) => data);
    expect(warnings(environment())).toEqual([
      'data-api/api: whoever knows the URL can call it; set authorization in stacks/environment.ts to close it',
    ]);
    expect(warnings(environment('staging'))).toEqual([]);
  });
});

describe('jwt', () => {
  test('on an HTTP API is one authorizer, for all its routes, of the issuer and the audience', () => {
    const stack = http(closed({ jwt, authorization: { '*': 'jwt' } }));
    const [id] = Object.keys(resourcesOf(stack, 'aws_apigatewayv2_authorizer'));
    expect(resource(stack, 'aws_apigatewayv2_authorizer')).toMatchObject({
      authorizer_type: 'JWT',
      identity_sources: ['$request.header.Authorization'],
      jwt_configuration: jwt,
    });
    for (const route of Object.values(resourcesOf(stack, 'aws_apigatewayv2_route')))
      expect(route).toMatchObject({
        authorization_type: 'JWT',
        authorizer_id: `\${aws_apigatewayv2_authorizer.${id}.id}`,
      });
    expect(routeOf(stack)).not.toHaveProperty('authorization_scopes');
  });

  test('takes the scopes of the contract', () => {
    const stack = http(closed({ jwt }), { authorization: 'jwt', scopes: ['things/read'] });
    expect(routeOf(stack)).toMatchObject({ authorization_scopes: ['things/read'] });
  });

  describe('on a REST API', () => {
    const stack = synthesize((stack, environment) => {
      const bundle = 'data-api/store-data';
      const fn = new NodeFunction(stack, 'fn', { environment, functionName: 'Echo', bundle });
      const api = new RestApi(stack, 'api', { environment, apiName: 'data-api', stageName: 'prod' });
      api.addProxyRoute('GET', '/things/{id}', fn, { authorization: 'jwt', scopes: ['things/read'] });
      api.addProxyRoute('POST', '/things', fn, { authorization: 'jwt' });
      api.addProxyRoute('PUT', '/things', fn, { authorization: 'iam' });
    }, closed({ jwt }));

    test('is a function of its own, one for all routes, which is told issuer, audience and scopes', () => {
      expect(
        resource(stack, 'aws_lambda_function', { function_name: 'data-api-authorizer-test' }).environment,
      ).toEqual({
        variables: {
          ISSUER: jwt.issuer,
          OPENID_CONFIGURATION: 'https://issuer.example.com/.well-known/openid-configuration',
          AUDIENCE: '["app"]',
          SCOPES: '{"GET /things/{id}":["things/read"]}',
        },
      });
      const [id] = Object.keys(resourcesOf(stack, 'aws_api_gateway_authorizer'));
      const methods = Object.values(resourcesOf(stack, 'aws_api_gateway_method'));
      const custom = { authorization: 'CUSTOM', authorizer_id: `\${aws_api_gateway_authorizer.${id}.id}` };
      expect(methods).toMatchObject([custom, custom, { authorization: 'AWS_IAM' }]);
    });

    test('keeps what it finds out of a token for the route that it was found out for', () => {
      expect(resource(stack, 'aws_api_gateway_authorizer')).toMatchObject({
        type: 'REQUEST',
        identity_source: 'method.request.header.Authorization,context.httpMethod,context.resourcePath',
        authorizer_result_ttl_in_seconds: 60,
      });
    });

    test('may be called by this authorizer alone, and may do nothing to the table', () => {
      const [id] = Object.keys(resourcesOf(stack, 'aws_api_gateway_authorizer'));
      const permissions = Object.values(resourcesOf(stack, 'aws_lambda_permission'));
      const [own] = permissions.filter(({ source_arn }) => String(source_arn).includes('/authorizers/'));
      expect(own!.source_arn).toMatch(
        new RegExp(`/authorizers/\\$\\{aws_api_gateway_authorizer\\.${id}\\.id\\}$`),
      );
      const { policy } = resource(stack, 'aws_iam_role_policy', { name: 'data-api-authorizer-test' });
      expect(policy).not.toContain('dynamodb:');
    });

    test('is there before the API is deployed', () => {
      const { depends_on } = resource(stack, 'aws_api_gateway_deployment');
      const waited = (depends_on as string[]).filter((address) => address.includes('authorizer'));
      expect(waited.map((address) => address.split('.')[0]).sort()).toEqual([
        'aws_api_gateway_authorizer',
        'aws_lambda_permission',
      ]);
    });
  });

  test('is refused without an issuer', () => {
    expect(() => http(closed(), { authorization: 'jwt' })).toThrow(
      'test/api: GET /things has the authorization jwt, and the environment test has no jwt; set its issuer and audience',
    );
  });
});

describe('apiKey', () => {
  const stack = rest(closed({ usagePlan }), { authorization: 'apiKey' });

  test('asks for a key, of which each client has one under the usage plan of the stage', () => {
    expect(methodOf(stack)).toMatchObject({ authorization: 'NONE', api_key_required: true });
    expect(resource(stack, 'aws_api_gateway_usage_plan')).toMatchObject({
      name: 'data-api-test',
      api_stages: [{ api_id: expect.any(String) as string, stage: expect.any(String) as string }],
      quota_settings: { limit: 1000, period: 'DAY' },
      throttle_settings: { rate_limit: 5, burst_limit: 10 },
    });
    const keys = Object.entries(resourcesOf(stack, 'aws_api_gateway_api_key'));
    expect(keys.map(([, { name }]) => name)).toEqual(['data-api-test-acme', 'data-api-test-zen']);
    const members = Object.values(resourcesOf(stack, 'aws_api_gateway_usage_plan_key'));
    expect(members.map(({ key_id }) => key_id)).toEqual(
      keys.map(([id]) => `\${aws_api_gateway_api_key.${id}.id}`),
    );
  });

  test('is refused without a usage plan, and on an HTTP API', () => {
    expect(() => rest(closed(), { authorization: 'apiKey' })).toThrow('has no usagePlan; set it');
    expect(() => http(closed({ usagePlan }), { authorization: 'apiKey' })).toThrow(
      'test/api: GET /things has the authorization apiKey, which HTTP APIs do not have; choose iam or jwt',
    );
  });
});
