import { resourcesOf, resource, synthesize } from '../../../support/synth';
import { environment, withName } from '../../../../stacks/environment';
import { RestApi } from '../../../../stacks/constructs/rest-api';
import { withRoutes, one } from './support';

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
