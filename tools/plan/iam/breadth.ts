import { ACTIONS_WITHOUT_RESOURCES } from '../tables/actions-without-resources';
import { covers, isPattern } from './pattern';

/** What may stand before the name in an ARN, `${…}` of Terraform's included. */
const ARN = String.raw`arn:[^:*?]+:SERVICE:[^:*?]*:[^:*?]*:`;

/**
 * Patterns that stay within one named thing, by its service and, in a configuration, by the type whose `arn` is referred to.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const WITHIN_ONE_THING: readonly { service: string; name: string; type: string; within: string }[] = [
  { service: 'dynamodb', name: 'table/[^*?/]+', type: 'aws_dynamodb_table', within: '/.+' },
  { service: 's3', name: '[^*?/]+', type: 'aws_s3_bucket', within: '/.+' },
  { service: 'logs', name: 'log-group:[^*?:]+', type: 'aws_cloudwatch_log_group', within: ':.+' },
  { service: 'lambda', name: 'function:[^*?:]+', type: 'aws_lambda_function', within: ':.+' },
  { service: 'states', name: 'execution:[^*?:]+', type: 'aws_sfn_state_machine', within: ':.+' },
  // Secrets Manager ends every name with six characters of its own.
  {
    service: 'secretsmanager',
    name: 'secret:[^*?]+-',
    type: 'aws_secretsmanager_secret',
    within: String.raw`(\?{6}|\*)`,
  },
  {
    service: 'execute-api',
    name: '[^*?/]+',
    type: 'aws_api(_gateway_rest_api|gatewayv2_api)',
    within: '/.+',
  },
];

const HARMLESS = WITHIN_ONE_THING.map(({ service, name, type, within }) => {
  const arn = ARN.replace('SERVICE', service) + name;
  const reference = String.raw`\$\{${type}\.[^}*?]+arn\}`;
  return new RegExp(`^(${arn}|${reference})${within}$`, 's');
});

/** Whether a resource reaches beyond one named thing, and beyond what AWS requires for the action. */
export function isTooBroad(resource: string, action: string): boolean {
  if (!isPattern(resource)) return false;
  if (resource === '*') {
    return !ACTIONS_WITHOUT_RESOURCES.some((known) => covers(known.toLowerCase(), action.toLowerCase()));
  }
  return !HARMLESS.some((pattern) => pattern.test(resource));
}

/** Whether a source (the value of `aws:SourceArn`) is more than what one account has named. */
export function isAnySource(source: string): boolean {
  if (!isPattern(source)) return false;
  const [, , service, , account = '*', ...rest] = source.split(':');
  const [first = '*', ...further] = rest.join(':').split(/[/:]/);
  if (isPattern(account) || isPattern(first)) return true;
  // Whatever the type: `rule/*`. An API is named by its first part.
  return service !== 'execute-api' && further.length === 1 && /^[*?]+$/.test(further[0] ?? '');
}
