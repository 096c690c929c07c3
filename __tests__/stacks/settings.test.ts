import { environment, withName, type Environment } from '../../stacks/environment';
import { settingsSchema, type EnvironmentSettings } from '../../stacks/environment/settings';
import { type Configuration } from '../support/synth';
import { system, SYSTEMS, type SystemId } from '../support/systems';

const IDS = Object.keys(SYSTEMS) as SystemId[];
const open = environment();
const all = (settings: Environment): Map<SystemId, Configuration> =>
  new Map(IDS.map((id) => [id, system(id, settings)]));
const before = all(open);

const inOpen = (settings: Partial<EnvironmentSettings>): Environment =>
  withName('default', { ...open, ...settings });

/** What differs in a system: `type.attribute`, `+ type` for a resource that is there now, `- type` for one that is gone. */
function changes(settings: Partial<EnvironmentSettings>, ids: readonly SystemId[]): string[] {
  const changed = inOpen(settings);
  const found = ids.flatMap((id) => differences(before.get(id)!, system(id, changed)));
  return [...new Set(found)].sort();
}

function differences(from: Configuration, to: Configuration): string[] {
  const [old, now] = [blocks(from), blocks(to)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((address) => {
    const [type = ''] = address.split(' ');
    const [was, is] = [old.get(address), now.get(address)];
    if (was === undefined) return [`+ ${type}`];
    if (is === undefined) return [`- ${type}`];
    return [...new Set([...Object.keys(was), ...Object.keys(is)])]
      .filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]))
      .map((name) => `${type}.${name}`);
  });
}

/** Resources by `type name`, and all that is no resource by its own name. */
function blocks({ resource = {}, ...others }: Configuration): Map<string, Record<string, unknown>> {
  const resources = Object.entries(resource as Record<string, Record<string, Record<string, unknown>>>);
  return new Map([
    ...Object.entries(others),
    ...resources.flatMap(([type, named]) =>
      Object.entries(named).map(([name, attributes]): [string, Record<string, unknown>] => [
        `${type} ${name}`,
        attributes,
      ]),
    ),
  ]);
}

/** A REST API that takes another shape is deployed anew. */
const DEPLOYED = ['aws_api_gateway_deployment.triggers'];

const jwt = { issuer: 'https://issuer.example.com/', audience: ['app'] };
const usagePlan = { clients: ['acme'], requestsPerDay: 1000, rateLimit: 5, burstLimit: 10 };

type Row = readonly [
  setting: keyof EnvironmentSettings,
  settings: Partial<EnvironmentSettings>,
  changed: readonly string[],
  systems?: readonly SystemId[],
];

const ROWS: readonly Row[] = [
  ['region', { region: 'eu-central-1' }, ['aws_iam_role.name', 'provider.aws']],
  [
    'runtime',
    { runtime: 'nodejs22.x' },
    ['aws_lambda_function.runtime', 'aws_lambda_layer_version.compatible_runtimes'],
  ],
  [
    'prefix',
    { prefix: 'acme-' },
    [
      ...DEPLOYED,
      'aws_api_gateway_rest_api.name',
      'aws_apigatewayv2_api.name',
      'aws_cloudwatch_log_group.name',
      'aws_dynamodb_table.name',
      'aws_iam_role.name',
      'aws_iam_role_policy.name',
      'aws_lambda_function.function_name',
      'aws_lambda_layer_version.layer_name',
      'data.archive_file',
    ],
  ],
  ['tags', { tags: { owner: 'me' } }, ['provider.aws']],
  ['stateBucket', { stateBucket: 'my-state' }, ['terraform.backend']],
  [
    'authorization',
    { authorization: { '*': 'iam' } },
    [...DEPLOYED, 'aws_api_gateway_method.authorization', 'aws_apigatewayv2_route.authorization_type'],
  ],
  ['allowPublic', { allowPublic: ['data-api', 'items-api', 'order-api', 'dynamodb-manager'] }, []],
  ['jwt', { jwt }, []],
  [
    'jwt',
    { jwt, authorization: { 'items-api': 'jwt' } },
    [
      '+ aws_apigatewayv2_authorizer',
      'aws_apigatewayv2_route.authorization_type',
      'aws_apigatewayv2_route.authorizer_id',
    ],
    ['items-api'],
  ],
  [
    'jwt',
    { jwt, authorization: { 'data-api': 'jwt' } },
    [
      '+ aws_api_gateway_authorizer',
      '+ aws_cloudwatch_log_group',
      '+ aws_iam_role',
      '+ aws_iam_role_policy',
      '+ aws_lambda_alias',
      '+ aws_lambda_function',
      '+ aws_lambda_permission',
      'aws_api_gateway_deployment.depends_on',
      ...DEPLOYED,
      'aws_api_gateway_method.authorization',
      'aws_api_gateway_method.authorizer_id',
      'data.archive_file',
    ],
    ['data-api'],
  ],
  ['usagePlan', { usagePlan }, []],
  [
    'usagePlan',
    {
      usagePlan,
      authorization: { 'data-api': 'apiKey', 'order-api': 'apiKey', 'dynamodb-manager': 'apiKey' },
    },
    [
      '+ aws_api_gateway_api_key',
      '+ aws_api_gateway_usage_plan',
      '+ aws_api_gateway_usage_plan_key',
      ...DEPLOYED,
      'aws_api_gateway_method.api_key_required',
    ],
    ['data-api', 'order-api', 'dynamodb-manager'],
  ],
  [
    'cors',
    { cors: { allowOrigin: '*', maxAgeSeconds: 60 } },
    [
      '+ aws_api_gateway_integration',
      '+ aws_api_gateway_integration_response',
      '+ aws_api_gateway_method',
      '+ aws_api_gateway_method_response',
      'aws_api_gateway_deployment.depends_on',
      ...DEPLOYED,
      'aws_api_gateway_gateway_response.response_parameters',
      'aws_api_gateway_integration_response.response_parameters',
      'aws_api_gateway_method_response.response_parameters',
      'aws_apigatewayv2_api.cors_configuration',
      'aws_lambda_function.environment',
    ],
  ],
  [
    'domain',
    {
      domain: {
        name: 'example.com',
        certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/abc',
        hostedZoneId: 'Z123',
      },
    },
    [
      '+ aws_apigatewayv2_api_mapping',
      '+ aws_apigatewayv2_domain_name',
      '+ aws_route53_record',
      ...DEPLOYED,
      'aws_api_gateway_rest_api.disable_execute_api_endpoint',
      'aws_apigatewayv2_api.disable_execute_api_endpoint',
      'output.api_gateway_url',
    ],
  ],
  [
    'routeThrottling',
    {
      routeThrottling: {
        'data-api': { 'POST /data': { rateLimit: 1, burstLimit: 2 } },
        'items-api': { 'POST /items': { rateLimit: 1, burstLimit: 2 } },
      },
    },
    [
      '+ aws_api_gateway_method_settings',
      'aws_apigatewayv2_stage.depends_on',
      'aws_apigatewayv2_stage.route_settings',
    ],
  ],
  [
    'throttling',
    { throttling: { rateLimit: 1, burstLimit: 2 } },
    ['aws_api_gateway_method_settings.settings', 'aws_apigatewayv2_stage.default_route_settings'],
  ],
  [
    'onDemandThroughput',
    { onDemandThroughput: { maxReadRequestUnits: 1, maxWriteRequestUnits: 1 } },
    ['aws_dynamodb_table.global_secondary_index', 'aws_dynamodb_table.on_demand_throughput'],
  ],
  [
    'reservedConcurrency',
    { reservedConcurrency: { 'data-api': { StoreDataFunction: 10 } } },
    ['aws_lambda_function.reserved_concurrent_executions'],
  ],
  [
    'alarms',
    { alarms: true },
    ['+ aws_cloudwatch_metric_alarm', '+ aws_sns_topic'],
    ['data-api', 'items-api', 'order-api'],
  ],
  ['alarmEmail', { alarmEmail: 'me@example.com' }, []],
  [
    'alarmEmail',
    { alarms: true, alarmEmail: 'me@example.com' },
    ['+ aws_cloudwatch_metric_alarm', '+ aws_sns_topic', '+ aws_sns_topic_subscription'],
    ['data-api', 'items-api', 'order-api'],
  ],
  ['pointInTimeRecoveryDays', { pointInTimeRecoveryDays: 7 }, ['aws_dynamodb_table.point_in_time_recovery']],
  [
    'kmsKeyArn',
    { kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/abc' },
    [
      'aws_cloudwatch_log_group.kms_key_id',
      'aws_dynamodb_table.server_side_encryption',
      'aws_iam_role_policy.policy',
      'aws_lambda_function.kms_key_arn',
    ],
  ],
  ['logRetentionInDays', { logRetentionInDays: 30 }, ['aws_cloudwatch_log_group.retention_in_days']],
  [
    'restApiLogs',
    { restApiLogs: true },
    [
      '+ aws_cloudwatch_log_group',
      'aws_api_gateway_method_settings.settings',
      'aws_api_gateway_stage.access_log_settings',
      'aws_api_gateway_stage.depends_on',
    ],
  ],
  [
    'deletionProtection',
    { deletionProtection: true },
    ['aws_dynamodb_table.deletion_protection_enabled', 'aws_dynamodb_table.lifecycle'],
  ],
];

test.each(ROWS.map((row) => [JSON.stringify(row[1]), row] as const))(
  '%s changes exactly what it should',
  (_, [, settings, changed, systems = IDS]) => {
    expect(changes(settings, systems)).toEqual([...changed].sort());
  },
);

test('every setting has its row', () => {
  expect(new Set(ROWS.map(([setting]) => setting))).toEqual(new Set(Object.keys(settingsSchema.shape)));
});

test('a function that a system does not have is refused', () => {
  const reservedConcurrency = { 'data-api': { StoreData: 1 } };
  expect(() => system('data-api', inOpen({ reservedConcurrency }))).toThrow(
    'reservedConcurrency in stacks/environment.ts names StoreData; data-api has StoreDataFunction, RetrieveDataFunction',
  );
});
