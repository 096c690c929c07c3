import { account } from './computed/account';
import { archives } from './computed/archive';
import { cognito } from './computed/cognito';
import { domains } from './computed/domains';
import { dynamodb } from './computed/dynamodb';
import { events } from './computed/events';
import { httpApi } from './computed/http-api';
import { iam } from './computed/iam';
import { lambda } from './computed/lambda';
import { restApi } from './computed/rest-api';
import { unknown } from './computed/unknown';
import type { Resource } from './language/configuration/resource';

/**
 * Attributes that AWS computes, by resource type: what a stack may refer to without having said it. One within a block
 * has the block's name before its own.
 */
export type ComputedAttributes = Readonly<Record<string, Readonly<Record<string, Compute>>>>;
/** Undefined where it is not known. */
export type Compute = (resource: Resource) => unknown;

const TYPES: ComputedAttributes = {
  ...account,
  ...archives,
  ...cognito,
  ...domains,
  ...dynamodb,
  ...events,
  ...httpApi,
  ...iam,
  ...lambda,
  ...restApi,
};

/**
 * The attribute as AWS would compute it; undefined when it is none of those listed. Resources of types that are not listed
 * have what others most refer to.
 */
export function computedAttribute(resource: Resource, attribute: string): unknown {
  const { type } = resource;
  const computed = TYPES[type] ?? (type.startsWith('aws_') ? unknown : undefined);
  return computed?.[attribute]?.(resource);
}
