import { account } from './computed/account';
import { archives } from './computed/archive';
import { dynamodb } from './computed/dynamodb';
import { httpApi } from './computed/http-api';
import { iam } from './computed/iam';
import { lambda } from './computed/lambda';
import { restApi } from './computed/rest-api';
import type { Resource } from './language/configuration/resource';

/** Attributes that AWS computes, by resource type: what a stack may refer to without having said it. */
export type ComputedAttributes = Readonly<Record<string, Readonly<Record<string, Compute>>>>;
type Compute = (resource: Resource) => string;

const TYPES: ComputedAttributes = {
  ...account,
  ...archives,
  ...dynamodb,
  ...httpApi,
  ...iam,
  ...lambda,
  ...restApi,
};

/** The attribute as AWS would compute it; undefined when it is none of those listed. */
export function computedAttribute(resource: Resource, attribute: string): string | undefined {
  return TYPES[resource.type]?.[attribute]?.(resource);
}
