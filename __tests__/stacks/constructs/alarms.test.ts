import { environment, withName } from '../../../stacks/environment';
import { resource, resourcesOf, type Configuration } from '../../support/synth';
import { system, type SystemId } from '../../support/systems';

interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly metric?: {
    readonly namespace: string;
    readonly metric_name: string;
    readonly stat: string;
    readonly dimensions?: Readonly<Record<string, string>>;
  };
}

const production = environment('production');
const alarm = (stack: Configuration, name: string) =>
  resource(stack, 'aws_cloudwatch_metric_alarm', { alarm_name: name });
const queriesOf = (stack: Configuration, name: string) => alarm(stack, name).metric_query as Query[];
const metricsOf = (stack: Configuration, name: string) =>
  queriesOf(stack, name).flatMap(({ metric }) => (metric ? [metric] : []));

const NAMES = ['5xx', 'latency', 'failures', 'throttles', 'table-throttles', 'table-errors'];

describe.each<SystemId>(['data-api', 'items-api', 'dynamodb-manager', 'order-api'])('%s', (id) => {
  const stack = system(id, production);

  test('is watched in production, and tells a topic', () => {
    const [topic] = Object.keys(resourcesOf(stack, 'aws_sns_topic'));
    const alarms = Object.values(resourcesOf(stack, 'aws_cloudwatch_metric_alarm'));
    expect(alarms.map(({ alarm_name }) => alarm_name).sort()).toEqual(
      NAMES.map((name) => `${id}-${name}-production`).sort(),
    );
    for (const { alarm_actions, treat_missing_data } of alarms) {
      expect(alarm_actions).toEqual([`\${aws_sns_topic.${topic}.arn}`]);
      expect(treat_missing_data).toBe('notBreaching');
    }
  });

  test('is not in other environments', () => {
    const other = system(id, environment('staging'));
    expect(resourcesOf(other, 'aws_cloudwatch_metric_alarm')).toEqual({});
    expect(resourcesOf(other, 'aws_sns_topic')).toEqual({});
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  test('has in each alarm one result, of at most ten metrics that it names', () => {
    for (const name of NAMES) {
      const queries = queriesOf(stack, `${id}-${name}-production`);
      const ids = queries.filter(({ metric }) => metric).map((query) => query.id);
      expect(ids.length).toBeGreaterThan(0);
      expect(ids.length).toBeLessThanOrEqual(10);
      const named = queries[0]!.expression!.match(/\bm\d\b/g)!;
      expect([...new Set(named)].sort()).toEqual(ids.sort());
    }
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
test('a REST API is counted by its name and stage', () => {
  const stack = system('data-api', production);
  expect(metricsOf(stack, 'data-api-5xx-production')).toMatchObject([
    {
      namespace: 'AWS/ApiGateway',
      metric_name: '5XXError',
      dimensions: { ApiName: expect.any(String) as string, Stage: expect.any(String) as string },
      stat: 'Sum',
    },
    { metric_name: 'Count', stat: 'Sum' },
  ]);
  expect(metricsOf(stack, 'data-api-latency-production')).toMatchObject([
    { metric_name: 'Latency', stat: 'p99' },
  ]);
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
test('an HTTP API is counted by its id and stage', () => {
  expect(metricsOf(system('items-api', production), 'items-api-5xx-production')).toMatchObject([
    { metric_name: '5xx', dimensions: { ApiId: expect.any(String) as string } },
    { metric_name: 'Count' },
  ]);
});

test('DynamoDB is counted by the operations that functions are allowed', () => {
  const operations = metricsOf(system('data-api', production), 'data-api-table-errors-production').map(
    ({ metric_name, dimensions }) => [metric_name, dimensions?.Operation],
  );
  expect(operations).toEqual([
    ['SystemErrors', 'PutItem'],
    ['SystemErrors', 'GetItem'],
  ]);
});

describe('dynamodb-manager, whose function refuses by errors', () => {
  test('counts what its catch-all answers', () => {
    const stack = system('dynamodb-manager', production);
    const [log] = Object.entries(resourcesOf(stack, 'aws_cloudwatch_log_group')).find(([, { name }]) =>
      String(name).startsWith('/aws/vendedlogs/'),
    )!;
    expect(resource(stack, 'aws_cloudwatch_log_metric_filter')).toMatchObject({
      log_group_name: `\${aws_cloudwatch_log_group.${log}.name}`,
      pattern: '{ $.status = "500" }',
      metric_transformation: { name: '500', namespace: 'dynamodb-manager-production-answers', value: '1' },
    });
    const [counted] = metricsOf(stack, 'dynamodb-manager-failures-production');
    expect(counted).toMatchObject({ namespace: 'dynamodb-manager-production-answers', metric_name: '500' });
    expect(counted).not.toHaveProperty('dimensions.FunctionName');
  });

  test('is refused alarms without the log that they count in', () => {
    const settings = withName('test', { ...production, restApiLogs: false });
    expect(() => system('dynamodb-manager', settings)).toThrow('set restApiLogs for the environment test');
  });
});

test('an address is told of them, where the environment has one', () => {
  const settings = withName('production', { ...production, alarmEmail: 'me@example.com' });
  expect(resource(system('data-api', settings), 'aws_sns_topic_subscription')).toMatchObject({
    protocol: 'email',
    endpoint: 'me@example.com',
  });
});
