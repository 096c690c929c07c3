import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import type { TerraformStack } from 'cdktf';
import type { Environment } from '../environment';
import type { ApiMetrics, Metric } from './metric';
import type { NodeFunction } from './node-function';
import type { Table } from './table';

/** What alarms watch of a system. */
export interface Watched {
  readonly api: { readonly metrics: ApiMetrics };
  readonly functions: readonly NodeFunction[];
  readonly table: Table;
  /** What counts failures, where errors of the functions are no failures. Default: the errors of the functions. */
  readonly failures?: readonly Metric[];
}

interface AlarmProps {
  readonly description: string;
  readonly metrics: readonly Metric[];
  /** `Sum` of each metric, or a percentile such as `p99`. */
  readonly statistic: string;
  /** Of the metrics, which are `m0`, `m1` and so on. Default: their sum. */
  readonly expression?: string;
  /** The alarm is for more than this. */
  readonly threshold: number;
  /** How many of three periods of five minutes must be beyond it. */
  readonly periods: 1 | 2;
}

/** CloudWatch alarms of a system, which tell a topic of its own. */
export function addAlarms(
  stack: TerraformStack,
  environment: Environment,
  { api, functions, table, failures }: Watched,
): void {
  const topic = new SnsTopic(stack, 'alarms', {
    name: environment.resourceName(`${stack.node.id}-alarms`),
    kmsMasterKeyId: environment.kmsKeyArn,
  });
  if (environment.alarmEmail !== undefined) {
    new SnsTopicSubscription(stack, 'alarms-email', {
      topicArn: topic.arn,
      protocol: 'email',
      endpoint: environment.alarmEmail,
    });
  }
  const ofFunctions = (metricName: string): Metric[] => functions.map((fn) => fn.metric(metricName));
  const { requests, serverErrors, latency } = api.metrics;
  const alarms: Readonly<Record<string, AlarmProps>> = {
    '5xx': {
      description: 'More than one in a hundred requests is answered with 5xx.',
      metrics: [serverErrors, requests],
      statistic: 'Sum',
      expression: '100 * m0 / m1',
      threshold: 1,
      periods: 2,
    },
    latency: {
      description: 'One in a hundred requests takes longer than three seconds.',
      metrics: [latency],
      statistic: 'p99',
      expression: 'm0',
      threshold: 3000,
      periods: 2,
    },
    failures: {
      description: 'A request failed for a reason that nobody foresaw: its requestId finds it in the log.',
      metrics: failures ?? ofFunctions('Errors'),
      statistic: 'Sum',
      threshold: 0,
      periods: 1,
    },
    throttles: {
      description: 'Lambda refuses to start more of a function: its concurrency is used up.',
      metrics: ofFunctions('Throttles'),
      statistic: 'Sum',
      threshold: 0,
      periods: 1,
    },
    'table-throttles': {
      description: 'DynamoDB refuses requests: a key is hot, or onDemandThroughput is too low.',
      metrics: [table.metric('ReadThrottleEvents'), table.metric('WriteThrottleEvents')],
      statistic: 'Sum',
      threshold: 0,
      periods: 2,
    },
    'table-errors': {
      description: 'DynamoDB itself fails.',
      metrics: table.granted.map((Operation) => table.metric('SystemErrors', { Operation })),
      statistic: 'Sum',
      threshold: 0,
      periods: 2,
    },
  };
  for (const [name, props] of Object.entries(alarms)) {
    new CloudwatchMetricAlarm(stack, `alarm-${name}`, {
      alarmName: environment.resourceName(`${stack.node.id}-${name}`),
      alarmDescription: props.description,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: props.threshold,
      evaluationPeriods: 3,
      datapointsToAlarm: props.periods,
      // Nobody called, or nothing was throttled: these metrics are there only when something was.
      treatMissingData: 'notBreaching',
      metricQuery: queries(props),
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
function queries({ metrics, statistic, expression }: AlarmProps) {
  const ids = metrics.map((_, i) => `m${i}`);
  return [
    {
      id: 'result',
      // A metric without data would leave the sum without any.
      expression: expression ?? ids.map((id) => `FILL(${id}, 0)`).join(' + '),
      returnData: true,
    },
    ...metrics.map(({ namespace, metricName, dimensions }, i) => ({
      id: `m${i}`,
      metric: { namespace, metricName, dimensions: { ...dimensions }, period: 300, stat: statistic },
    })),
  ];
}
