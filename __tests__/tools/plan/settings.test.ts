import { reviewPlan } from '../../../tools/plan/review';
import { planOfOne } from './fixtures';

type Values = Record<string, unknown>;

const refusals = (type: string, before: Values, after: Values | null, unknown = {}): string[] =>
  reviewPlan(planOfOne(type, before, after, { after_unknown: unknown })).refusals.map(
    ({ rule, sentence }) => `${rule}: ${sentence}`,
  );

const throttled = (limit: number | null): Values => ({
  default_route_settings: [{ throttling_rate_limit: limit, throttling_burst_limit: 200 }],
});

it.each<[string, Values, Values, string]>([
  [
    'aws_apigatewayv2_route',
    { authorization_type: 'JWT' },
    { authorization_type: 'NONE' },
    'authorization: turns off authorization',
  ],
  [
    'aws_apigatewayv2_route',
    { authorization_scopes: ['items/write'] },
    { authorization_scopes: [] },
    'authorization: turns off the scopes a token needs',
  ],
  [
    'aws_api_gateway_method',
    { api_key_required: true },
    { api_key_required: false },
    'authorization: turns off the API key',
  ],
  [
    'aws_apigatewayv2_stage',
    throttled(100),
    { default_route_settings: [] },
    'throttling: turns off throttling of the rate',
  ],
  ['aws_apigatewayv2_stage', throttled(100), throttled(-1), 'throttling: turns off throttling of the rate'],
  [
    'aws_iam_role',
    { permissions_boundary: 'arn:aws:iam::123456789012:policy/boundary' },
    { permissions_boundary: '' },
    'protection: turns off the permissions boundary',
  ],
])('refuses %s from %j to %j', (type, before, after, sentence) => {
  expect(refusals(type, before, after)).toContain(sentence);
});

it.each<[string, Values, Values]>([
  ['aws_apigatewayv2_route', { authorization_type: 'NONE' }, { authorization_type: 'NONE' }],
  ['aws_apigatewayv2_route', { authorization_type: 'NONE' }, { authorization_type: 'JWT' }],
  ['aws_apigatewayv2_route', { authorization_type: 'AWS_IAM' }, { authorization_type: 'JWT' }],
  ['aws_apigatewayv2_stage', throttled(100), throttled(10_000)],
  ['aws_dynamodb_table', { deletion_protection_enabled: false }, { deletion_protection_enabled: true }],
])('lets %s go from %j to %j', (type, before, after) => {
  expect(refusals(type, before, after)).toEqual([]);
});

it('refuses a protection whose value is known only after the apply', () => {
  const before = { deletion_protection_enabled: true };
  expect(refusals('aws_dynamodb_table', before, {}, { deletion_protection_enabled: true })).toEqual([
    'protection: makes deletion protection depend on a value known only after the apply',
  ]);
});

it('refuses to remove an authorizer', () => {
  expect(refusals('aws_apigatewayv2_authorizer', { api_id: 'a1' }, null)).toEqual([
    'authorization: removes an authorizer',
  ]);
});
