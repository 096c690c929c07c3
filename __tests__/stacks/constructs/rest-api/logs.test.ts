import { environment } from '../../../../stacks/environment';
import { type Configuration, resource, resourcesOf } from '../../../support/synth';
import { withRoutes, one } from './support';

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
