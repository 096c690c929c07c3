import { resource, synthesize } from '../../../support/synth';
import { environment, withName } from '../../../../stacks/environment';
import { NodeFunction } from '../../../../stacks/constructs/node-function';
import { RestApi } from '../../../../stacks/constructs/rest-api';
import { one } from './support';

test('the stage is throttled as the environment says', () => {
  expect(resource(one, 'aws_api_gateway_method_settings')).toMatchObject({
    method_path: '*/*',
    settings: { throttling_rate_limit: 100, throttling_burst_limit: 200 },
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
