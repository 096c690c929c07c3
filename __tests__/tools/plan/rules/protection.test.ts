import { reviewPlan } from '../../../../tools/plan/review';
import { planOfMany, planOfOne } from '../fixtures';

type Values = Record<string, unknown>;

const refusals = (type: string, before: Values, after: Values | null, unknown = {}): string[] =>
  reviewPlan(planOfOne(type, before, after, { after_unknown: unknown })).refusals.map(
    ({ sentence }) => sentence,
  );

const throttled = (limit: number | null): Values => ({
  default_route_settings: [{ throttling_rate_limit: limit, throttling_burst_limit: 200 }],
});
const layer = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:layer:${name}`;
const cors = (...origins: string[]): Values => ({ cors_configuration: [{ allow_origins: origins }] });

it.each<[string, Values, Values, string]>([
  [
    'aws_apigatewayv2_route',
    { authorization_type: 'JWT' },
    { authorization_type: 'NONE' },
    'turns off authorization',
  ],
  [
    'aws_apigatewayv2_route',
    { authorization_type: 'JWT', authorization_scopes: ['read'] },
    { authorization_type: 'JWT', authorization_scopes: ['read', 'any'] },
    'adds any to the scopes',
  ],
  [
    'aws_apigatewayv2_route',
    { authorization_type: 'JWT', authorizer_id: 'one' },
    { authorization_type: 'JWT', authorizer_id: 'other' },
    'changes the authorizer from one to other',
  ],
  [
    'aws_api_gateway_method',
    { api_key_required: true },
    { api_key_required: false },
    'turns off the API key',
  ],
  [
    'aws_api_gateway_method',
    { request_validator_id: 'v' },
    { request_validator_id: null },
    'removes the validator',
  ],
  [
    'aws_apigatewayv2_stage',
    throttled(100),
    { default_route_settings: [] },
    'turns off throttling_rate_limit',
  ],
  ['aws_apigatewayv2_stage', throttled(100), throttled(-1), 'turns off throttling_rate_limit'],
  ['aws_apigatewayv2_stage', throttled(100), throttled(0), 'sets throttling_rate_limit of the stage to 0'],
  [
    'aws_iam_role',
    { permissions_boundary: 'a' },
    { permissions_boundary: '' },
    'removes the permissions boundary',
  ],
  [
    'aws_iam_role',
    { permissions_boundary: 'a' },
    { permissions_boundary: 'b' },
    'changes the permissions boundary',
  ],
  [
    'aws_lambda_function',
    { reserved_concurrent_executions: -1 },
    { reserved_concurrent_executions: 0 },
    'to 0',
  ],
  [
    'aws_lambda_function',
    { layers: [`${layer('a')}:1`] },
    { layers: [`${layer('b')}:1`] },
    'out of the layers',
  ],
  [
    'aws_lambda_function',
    { code_signing_config_arn: 'c' },
    { code_signing_config_arn: null },
    'removes the code signing',
  ],
  ['aws_cloudwatch_log_group', { retention_in_days: 0 }, { retention_in_days: 365 }, 'shortens the days'],
  ['aws_apigatewayv2_api', cors('https://a'), cors('https://b'), 'adds https://b to the origins'],
  [
    'aws_api_gateway_rest_api',
    { disable_execute_api_endpoint: true },
    { disable_execute_api_endpoint: false },
    'whether the default endpoint is off',
  ],
  [
    'aws_api_gateway_domain_name',
    { security_policy: 'TLS_1_2' },
    { security_policy: 'TLS_1_0' },
    'lowers the version of TLS from TLS_1_2 to TLS_1_0',
  ],
  [
    'aws_dynamodb_table',
    { replica: [{ region_name: 'eu-west-1' }] },
    { replica: [] },
    'takes eu-west-1 out of the replicas',
  ],
  [
    'aws_dynamodb_table',
    { on_demand_throughput: [{ max_read_request_units: 100 }] },
    { on_demand_throughput: [{ max_read_request_units: -1 }] },
    'turns off the limit max_read_request_units',
  ],
  [
    'aws_cloudwatch_metric_alarm',
    { alarm_actions: ['t'] },
    { alarm_actions: [] },
    'takes t out of the actions',
  ],
])('refuses %s from %j to %j', (type, before, after, sentence) => {
  expect(refusals(type, before, after)).toContainEqual(expect.stringContaining(sentence));
});

it.each<[string, Values, Values]>([
  ['aws_apigatewayv2_route', { authorization_type: 'NONE' }, { authorization_type: 'NONE' }],
  ['aws_apigatewayv2_route', { authorization_type: 'NONE' }, { authorization_type: 'JWT' }],
  ['aws_apigatewayv2_route', { authorization_type: 'AWS_IAM' }, { authorization_type: 'JWT' }],
  ['aws_apigatewayv2_stage', throttled(100), throttled(10_000)],
  ['aws_apigatewayv2_stage', throttled(100), throttled(50)],
  ['aws_dynamodb_table', { deletion_protection_enabled: false }, { deletion_protection_enabled: true }],
  ['aws_dynamodb_table', { global_secondary_index: [] }, { global_secondary_index: [{ name: 'new' }] }],
  ['aws_dynamodb_table', { tags: { a: '1' } }, { tags: { a: '2' } }],
  ['aws_lambda_function', { memory_size: 512, timeout: 30 }, { memory_size: 128, timeout: 3 }],
  ['aws_lambda_function', { layers: [`${layer('a')}:1`] }, { layers: [`${layer('a')}:2`] }],
  ['aws_lambda_function', { reserved_concurrent_executions: -1 }, { reserved_concurrent_executions: 5 }],
  ['aws_cloudwatch_log_group', { retention_in_days: 14 }, { retention_in_days: 0 }],
  ['aws_apigatewayv2_api', cors('*'), cors('https://a')],
  ['aws_apigatewayv2_api', cors('https://a'), cors('https://a', 'https://b')],
  ['aws_apigatewayv2_api', { description: 'a' }, { description: 'b' }],
])('lets %s go from %j to %j', (type, before, after) => {
  expect(refusals(type, before, after)).toEqual([]);
});

it('refuses a protection whose value is known only after the apply', () => {
  const before = { deletion_protection_enabled: true };
  expect(refusals('aws_dynamodb_table', before, {}, { deletion_protection_enabled: true })).toEqual([
    expect.stringContaining('makes deletion protection depend on a value known only after the apply'),
  ]);
});

it('lets a layer of another account be added to no function', () => {
  const fn = (...layers: string[]): Values => ({
    arn: 'arn:aws:lambda:us-east-1:123456789012:function:f',
    layers,
  });
  const other = layer('evil').replace('123456789012', '999999999999');
  expect(refusals('aws_lambda_function', fn(), fn(`${layer('a')}:1`))).toEqual([]);
  expect(refusals('aws_lambda_function', fn(), fn(`${other}:1`))).toEqual([
    expect.stringContaining('of another account'),
  ]);
});

it('lets requests go to another function, and to no other account', () => {
  const to = (account: string, name: string): Values => ({
    integration_uri: `arn:aws:lambda:us-east-1:${account}:function:${name}`,
  });
  const before = to('123456789012', 'a');
  expect(refusals('aws_apigatewayv2_integration', before, to('123456789012', 'b'))).toEqual([]);
  expect(refusals('aws_apigatewayv2_integration', before, to('999999999999', 'a'))).toEqual([
    expect.stringContaining('moves what answers to another account'),
  ]);
});

it.each([
  [['aws_lambda_alias.live.invoke_arn', 'aws_lambda_alias.live'], []],
  [
    ['random_pet.any.id', 'random_pet.any'],
    [expect.stringContaining('makes what answers depend on a value known only after the apply') as string],
  ],
])('judges requests that will go to %j, which is new', (references, sentences) => {
  const uri = 'arn:aws:lambda:us-east-1:123456789012:function:a';
  const changed = planOfOne('aws_api_gateway_integration', { uri }, {}, { after_unknown: { uri: true } });
  const made = planOfMany(['aws_lambda_alias.live', null, { name: 'live' }], ['random_pet.any', null, {}]);
  const integration = { address: 'aws_api_gateway_integration.it', expressions: { uri: { references } } };
  const plan = {
    ...changed,
    resource_changes: [...changed.resource_changes, ...made.resource_changes],
    configuration: { root_module: { resources: [integration], module_calls: {} } },
  };
  expect(reviewPlan(plan).refusals.map(({ sentence }) => sentence)).toEqual(sentences);
});
