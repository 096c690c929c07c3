import { isDestroyed, isUnknown } from '../change';
import type { ResourceChange, Values } from '../plan-json';
import { goesWithItsApi, type Rule } from '../rule';

type Path = readonly (string | number)[];

/** A setting that protects something, and how to tell that it is off. */
interface Setting {
  readonly type: string;
  readonly path: Path;
  readonly isOff: (value: unknown) => boolean;
  readonly what: string;
}

const flag = (value: unknown): boolean => value !== true;
const text = (value: unknown): boolean => value === undefined || value === null || value === '';
const scheme = (value: unknown): boolean => text(value) || value === 'NONE';
const list = (value: unknown): boolean => !Array.isArray(value) || value.length === 0;
/** AWS's own -1 and an absent limit both mean the account's. */
const limit = (value: unknown): boolean => typeof value !== 'number' || value < 0;

const PROTECTION: readonly Setting[] = [
  setting('aws_dynamodb_table', ['deletion_protection_enabled'], flag, 'deletion protection'),
  setting('aws_dynamodb_table', ['point_in_time_recovery', 0, 'enabled'], flag, 'point-in-time recovery'),
  setting('aws_iam_role', ['permissions_boundary'], text, 'the permissions boundary'),
];

const AUTHORIZATION: readonly Setting[] = [
  setting('aws_api_gateway_method', ['authorization'], scheme, 'authorization'),
  setting('aws_api_gateway_method', ['authorization_scopes'], list, 'the scopes a token needs'),
  setting('aws_api_gateway_method', ['api_key_required'], flag, 'the API key'),
  setting('aws_apigatewayv2_route', ['authorization_type'], scheme, 'authorization'),
  setting('aws_apigatewayv2_route', ['authorization_scopes'], list, 'the scopes a token needs'),
  setting('aws_api_gateway_rest_api', ['policy'], text, "the API's resource policy"),
  setting('aws_lambda_function_url', ['authorization_type'], scheme, 'authorization'),
];

const THROTTLING: readonly Setting[] = [
  ...throttle(
    'aws_api_gateway_method_settings',
    'settings',
    'throttling_rate_limit',
    'throttling_burst_limit',
  ),
  ...throttle(
    'aws_apigatewayv2_stage',
    'default_route_settings',
    'throttling_rate_limit',
    'throttling_burst_limit',
  ),
  ...throttle('aws_api_gateway_usage_plan', 'throttle_settings', 'rate_limit', 'burst_limit'),
  setting('aws_api_gateway_usage_plan', ['quota_settings', 0, 'limit'], limit, 'the quota'),
  setting('aws_lambda_function', ['reserved_concurrent_executions'], limit, 'the limit of concurrency'),
];

/** Deletion protection, point-in-time recovery and the like turned off. */
export const protection: Rule = weakening(PROTECTION, {});

/** A method, route or API that asks for less than before, or loses what decides. */
export const authorization: Rule = weakening(AUTHORIZATION, {
  aws_api_gateway_authorizer: 'an authorizer',
  aws_apigatewayv2_authorizer: 'an authorizer',
  aws_api_gateway_rest_api_policy: "the API's resource policy",
});

/** Limits taken away; other limits are the reviewer's business. */
export const throttling: Rule = weakening(THROTTLING, {
  aws_api_gateway_method_settings: 'the throttling of a stage',
  aws_api_gateway_usage_plan: 'the limits of a usage plan',
});

function setting(type: string, path: Path, isOff: Setting['isOff'], what: string): Setting {
  return { type, path, isOff, what };
}

function throttle(type: string, block: string, rate: string, burst: string): Setting[] {
  return [
    setting(type, [block, 0, rate], limit, 'throttling of the rate'),
    setting(type, [block, 0, burst], limit, 'throttling of bursts'),
  ];
}

/**
 * The rule that these settings stay on.
 * @param guards types of resources that do nothing but protect, and what is gone with them
 */
function weakening(settings: readonly Setting[], guards: Readonly<Record<string, string>>): Rule {
  return (resource, { plan }) => {
    const { before, after } = resource.change;
    if (before && after) {
      return settings
        .filter(({ type }) => type === resource.type)
        .flatMap((row) => compare(row, before, after, resource));
    }
    const guard = guards[resource.type];
    if (guard === undefined || !isDestroyed(resource) || goesWithItsApi(resource, plan)) return [];
    return [`removes ${guard}`];
  };
}

function compare(
  { path, isOff, what }: Setting,
  before: Values,
  after: Values,
  resource: ResourceChange,
): string[] {
  if (isOff(at(before, path))) return [];
  if (isUnknown(resource.change.after_unknown, path)) {
    return [`makes ${what} depend on a value known only after the apply`];
  }
  return isOff(at(after, path)) ? [`turns off ${what}`] : [];
}

function at(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined || typeof value !== 'object' || value === null)
    return step === undefined ? value : undefined;
  return at((value as Record<string | number, unknown>)[step], rest);
}
