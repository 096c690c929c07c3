import { environment, type Environment } from '../../stacks/environment';
import { everything } from '../support/everything';
import { RULES, violations, type Rule } from '../support/rules';
import type { Configuration } from '../support/synth';
import { system, SYSTEMS, type SystemId } from '../support/systems';

const IDS = Object.keys(SYSTEMS) as SystemId[];

const ENVIRONMENTS: Readonly<Record<string, Environment>> = {
  default: environment(),
  staging: environment('staging'),
  production: environment('production'),
  'production with everything': everything,
};

describe.each(Object.entries(ENVIRONMENTS))('%s', (name, settings) => {
  const stacks = IDS.map((id) => system(id, settings));
  const rules = RULES.filter((rule) => rule.in === 'every environment' || settings.name === 'production');

  test.each(rules.map((rule) => [rule.id, rule.promise, rule] as const))('%s: %s', (_, __, rule) => {
    expect(stacks.flatMap((stack) => violations(rule, stack))).toEqual([]);
  });

  test('has what most rules are about', () => {
    const about = rules.filter(({ type }) => stacks.some((stack) => stack.resource?.[type] !== undefined));
    expect(about.length).toBeGreaterThanOrEqual(
      name.endsWith('everything') ? rules.length - 1 : rules.length - 2,
    );
  });
});

const policy = (statement: object): string =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', ...statement }] });
const settings = { throttling_rate_limit: 1, throttling_burst_limit: 1 };

/** For each rule, what breaks it: resources of its type as somebody might write them. */
const FIXTURES: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  'CKV_AWS_50 functions are traced': { untold: {}, passing: { tracing_config: { mode: 'PassThrough' } } },
  'CKV_AWS_73 REST APIs are traced': { untold: {}, off: { xray_tracing_enabled: false } },
  'CKV_AWS_28 tables can be brought back to a point in time': {
    untold: {},
    off: { point_in_time_recovery: { enabled: false } },
  },
  'CKV_AWS_66 logs are not kept for ever': { untold: {}, ever: { retention_in_days: 0 } },
  'CKV_AWS_276 bodies and headers are in no log': {
    untold: { settings: {} },
    on: { settings: { data_trace_enabled: true } },
  },
  'Serverless-APIGWDefaultThrottling REST APIs are throttled': { untold: {} },
  'Serverless-APIGWDefaultThrottling HTTP APIs are throttled': {
    untold: {},
    half: { default_route_settings: { throttling_rate_limit: 1 } },
  },
  'CKV_AWS_301 no function is public': { everyone: { principal: '*' } },
  'CKV_AWS_364 a service may call a function for one source of this account alone': {
    anySource: { source_account: '123456789012' },
    anyAccount: { source_arn: 'arn:aws:s3:::bucket' },
  },
  'CKV_AWS_258 no function has a URL without authorization': { open: { authorization_type: 'NONE' } },
  'CKV_AWS_63 no policy allows all actions, or all of a service': {
    all: { policy: policy({ Action: ['*'], Resource: 'arn:x' }) },
    service: { policy: policy({ Action: ['dynamodb:GetItem', 'dynamodb:*'], Resource: 'arn:x' }) },
  },
  'CKV_AWS_355 no policy allows on all resources what can be allowed on one': {
    any: { policy: policy({ Action: ['dynamodb:GetItem'], Resource: '*' }) },
    mixed: { policy: policy({ Action: ['xray:PutTraceSegments', 'logs:PutLogEvents'], Resource: '*' }) },
  },
  'CKV_AWS_61 a role trusts one service': {
    account: { assume_role_policy: policy({ Action: [], Principal: { AWS: '*' } }) },
    services: { assume_role_policy: policy({ Action: [], Principal: { Service: '*.amazonaws.com' } }) },
  },
  'CKV_AWS_206 domains take TLS 1.2 or newer': {
    untold: {},
    old: { domain_name_configuration: { security_policy: 'TLS_1_0' } },
  },
  'CKV_AWS_59 REST APIs ask who calls': {
    untold: { http_method: 'GET' },
    open: { http_method: 'GET', authorization: 'NONE' },
  },
  'CKV_AWS_309 HTTP APIs ask who calls': { untold: {}, open: { authorization_type: 'NONE' } },
  'CKV_AWS_76 REST APIs log every request': { untold: {} },
  'CKV_AWS_95 HTTP APIs log every request': { untold: {} },
  'CKV2_AWS_4 REST APIs log the errors of the gateway': {
    untold: { settings },
    off: { settings: { ...settings, logging_level: 'OFF' } },
  },
  'CKV_AWS_338 logs are kept for a year': { untold: {}, month: { retention_in_days: 30 } },
  'DynamoDB.6 tables are protected from deletion': {
    untold: {},
    off: { deletion_protection_enabled: false },
  },
};

const nameOf = ({ id, promise }: Rule): string => `${id} ${promise}`;

test.each(RULES.map((rule) => [nameOf(rule), rule] as const))('%s: what breaks it is found', (name, rule) => {
  const fixture = FIXTURES[name]!;
  const broken = { resource: { [rule.type]: fixture } } as Configuration;
  expect(violations(rule, broken)).toEqual(Object.keys(fixture).map((key) => `${rule.type}.${key}`));
});

test('every rule has what breaks it', () => {
  expect(Object.keys(FIXTURES)).toEqual(RULES.map(nameOf));
});
