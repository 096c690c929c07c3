import { account } from './computed/account';
import { archives } from './computed/archive';
import { dynamodb } from './computed/dynamodb';
import { httpApi } from './computed/http-api';
import { iam } from './computed/iam';
import { lambda } from './computed/lambda';
import { restApi } from './computed/rest-api';
import { unknown } from './computed/unknown';
import type { Resource } from './language/configuration/resource';

/** Attributes that AWS computes, by resource type: what a stack may refer to without having said it. */
export type ComputedAttributes = Readonly<Record<string, Readonly<Record<string, Compute>>>>;
export type Compute = (resource: Resource) => string;

const TYPES: ComputedAttributes = {
  ...account,
  ...archives,
  ...dynamodb,
  ...httpApi,
  ...iam,
  ...lambda,
  ...restApi,
};

/** Types that are read, and whose attributes nobody computes. */
const READ = new Set([
  'aws_api_gateway_account',
  'aws_api_gateway_gateway_response',
  'aws_api_gateway_integration',
  'aws_api_gateway_integration_response',
  'aws_api_gateway_method',
  'aws_api_gateway_method_response',
  'aws_api_gateway_method_settings',
  'aws_iam_role_policy_attachment',
  'aws_lambda_function_event_invoke_config',
]);

/** Whether it is a resource of AWS's of a type that is neither served here nor read. */
export function isOfUnknownType({ type }: Resource): boolean {
  return type.startsWith('aws_') && !(type in TYPES) && !READ.has(type);
}

/**
 * The attribute as AWS would compute it; undefined when it is none of those listed. Resources of unknown types have what
 * others most refer to.
 */
export function computedAttribute(resource: Resource, attribute: string): string | undefined {
  const computed = isOfUnknownType(resource) ? unknown : TYPES[resource.type];
  return computed?.[attribute]?.(resource);
}
