import { resourcesOf } from '../../../support/synth';
import { environment } from '../../../../stacks/environment';
import { withRoutes, one, deploymentOf, hashOf } from './support';

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
