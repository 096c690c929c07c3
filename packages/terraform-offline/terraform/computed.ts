import { account } from './computed/account';
import { archives } from './computed/archive';
import { cognito } from './computed/cognito';
import type { ComputedAttributes } from './computed/computed-attributes';
import { domains } from './computed/domains';
import { dynamodb } from './computed/dynamodb';
import { events } from './computed/events';
import { httpApi } from './computed/http-api';
import { iam } from './computed/iam';
import { lambda } from './computed/lambda';
import { restApi } from './computed/rest-api';
import { unknown } from './computed/unknown';
import type { Resource } from './language/configuration/resource';

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
