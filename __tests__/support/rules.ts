import { type Configuration, resourcesOf, statements } from './synth';

type Attributes = Readonly<Record<string, unknown>>;

/** What is promised of every resource of a type, by the id under which scanners and AWS know it. */
export interface Rule {
  readonly id: string;
  readonly promise: string;
  readonly in: 'every environment' | 'production';
  /** A type without resources keeps every promise. */
  readonly type: string;
  readonly holds: (attributes: Attributes, configuration: Configuration) => boolean;
}

/** X-Ray has no resources to name: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
const WITHOUT_RESOURCES = new Set(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']);

/** The answers of the gateway itself, such as to a preflight, are for everyone. */
const isMock = ({ http_method }: Attributes): boolean => http_method === 'OPTIONS';

const settingsOf = ({ settings }: Attributes): Attributes => settings as Attributes;

export const RULES: readonly Rule[] = [
  {
    id: 'CKV_AWS_50',
    promise: 'functions are traced',
    in: 'every environment',
    type: 'aws_lambda_function',
    holds: ({ tracing_config }) => (tracing_config as Attributes | undefined)?.mode === 'Active',
  },
  {
    id: 'CKV_AWS_73',
    promise: 'REST APIs are traced',
    in: 'every environment',
    type: 'aws_api_gateway_stage',
    holds: ({ xray_tracing_enabled }) => xray_tracing_enabled === true,
  },
  {
    id: 'CKV_AWS_28',
    promise: 'tables can be brought back to a point in time',
    in: 'every environment',
    type: 'aws_dynamodb_table',
    holds: ({ point_in_time_recovery }) =>
      (point_in_time_recovery as Attributes | undefined)?.enabled === true,
  },
  {
    id: 'CKV_AWS_66',
    promise: 'logs are not kept for ever',
    in: 'every environment',
    type: 'aws_cloudwatch_log_group',
    holds: ({ retention_in_days }) => Number(retention_in_days) > 0,
  },
  {
    id: 'CKV_AWS_276',
    promise: 'bodies and headers are in no log',
    in: 'every environment',
    type: 'aws_api_gateway_method_settings',
    holds: (attributes) => settingsOf(attributes).data_trace_enabled === false,
  },
  {
    id: 'Serverless-APIGWDefaultThrottling',
    promise: 'REST APIs are throttled',
    in: 'every environment',
    type: 'aws_api_gateway_stage',
    holds: (_, configuration) =>
      Object.values(resourcesOf(configuration, 'aws_api_gateway_method_settings')).some(
        (attributes) =>
          attributes.method_path === '*/*' &&
          Number(settingsOf(attributes).throttling_rate_limit) > 0 &&
          Number(settingsOf(attributes).throttling_burst_limit) > 0,
      ),
  },
  {
    id: 'Serverless-APIGWDefaultThrottling',
    promise: 'HTTP APIs are throttled',
    in: 'every environment',
    type: 'aws_apigatewayv2_stage',
    holds: ({ default_route_settings }) => {
      const { throttling_rate_limit, throttling_burst_limit } = (default_route_settings ?? {}) as Attributes;
      return Number(throttling_rate_limit) > 0 && Number(throttling_burst_limit) > 0;
    },
  },
  {
    id: 'CKV_AWS_301',
    promise: 'no function is public',
    in: 'every environment',
    type: 'aws_lambda_permission',
    holds: ({ principal }) => typeof principal === 'string' && principal.endsWith('.amazonaws.com'),
  },
  {
    id: 'CKV_AWS_364',
    promise: 'a service may call a function for one source of this account alone',
    in: 'every environment',
    type: 'aws_lambda_permission',
    holds: ({ source_arn, source_account }) => source_arn !== undefined && source_account !== undefined,
  },
  {
    id: 'CKV_AWS_258',
    promise: 'no function has a URL without authorization',
    in: 'every environment',
    type: 'aws_lambda_function_url',
    holds: ({ authorization_type }) => authorization_type === 'AWS_IAM',
  },
  {
    id: 'CKV_AWS_63',
    promise: 'no policy allows all actions, or all of a service',
    in: 'every environment',
    type: 'aws_iam_role_policy',
    holds: ({ policy }) =>
      statements(policy).every(({ Action }) => Action.every((action) => !action.includes('*'))),
  },
  {
    id: 'CKV_AWS_355',
    promise: 'no policy allows on all resources what can be allowed on one',
    in: 'every environment',
    type: 'aws_iam_role_policy',
    holds: ({ policy }) =>
      statements(policy).every(
        ({ Action, Resource }) => Resource !== '*' || Action.every((action) => WITHOUT_RESOURCES.has(action)),
      ),
  },
  {
    id: 'CKV_AWS_61',
    promise: 'a role trusts one service',
    in: 'every environment',
    type: 'aws_iam_role',
    holds: ({ assume_role_policy }) =>
      statements(assume_role_policy).every(({ Principal }) =>
        Object.entries(Principal ?? {}).every(
          ([kind, name]) => kind === 'Service' && name.endsWith('.amazonaws.com') && !name.includes('*'),
        ),
      ),
  },
  {
    id: 'CKV_AWS_206',
    promise: 'domains take TLS 1.2 or newer',
    in: 'every environment',
    type: 'aws_apigatewayv2_domain_name',
    holds: ({ domain_name_configuration }) =>
      (domain_name_configuration as Attributes | undefined)?.security_policy === 'TLS_1_2',
  },
  {
    id: 'CKV_AWS_59',
    promise: 'REST APIs ask who calls',
    in: 'production',
    type: 'aws_api_gateway_method',
    holds: (attributes) =>
      isMock(attributes) ||
      attributes.api_key_required === true ||
      (typeof attributes.authorization === 'string' && attributes.authorization !== 'NONE'),
  },
  {
    id: 'CKV_AWS_309',
    promise: 'HTTP APIs ask who calls',
    in: 'production',
    type: 'aws_apigatewayv2_route',
    holds: ({ authorization_type }) => authorization_type !== undefined && authorization_type !== 'NONE',
  },
  {
    id: 'CKV_AWS_76',
    promise: 'REST APIs log every request',
    in: 'production',
    type: 'aws_api_gateway_stage',
    holds: ({ access_log_settings }) => access_log_settings !== undefined,
  },
  {
    id: 'CKV_AWS_95',
    promise: 'HTTP APIs log every request',
    in: 'every environment',
    type: 'aws_apigatewayv2_stage',
    holds: ({ access_log_settings }) => access_log_settings !== undefined,
  },
  {
    id: 'CKV2_AWS_4',
    promise: 'REST APIs log the errors of the gateway',
    in: 'production',
    type: 'aws_api_gateway_method_settings',
    holds: (attributes) => ['ERROR', 'INFO'].includes(String(settingsOf(attributes).logging_level)),
  },
  {
    id: 'CKV_AWS_338',
    promise: 'logs are kept for a year',
    in: 'production',
    type: 'aws_cloudwatch_log_group',
    holds: ({ retention_in_days }) => Number(retention_in_days) >= 365,
  },
  {
    id: 'DynamoDB.6',
    promise: 'tables are protected from deletion',
    in: 'production',
    type: 'aws_dynamodb_table',
    holds: ({ deletion_protection_enabled }) => deletion_protection_enabled === true,
  },
];

/** What breaks a rule, by address. */
export function violations({ type, holds }: Rule, configuration: Configuration): string[] {
  return Object.entries(resourcesOf(configuration, type))
    .filter(([, attributes]) => !holds(attributes, configuration))
    .map(([name]) => `${type}.${name}`);
}
