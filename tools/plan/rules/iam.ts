import { policyChanges } from '../iam/documents';
import { widenings } from '../iam/widening';
import type { ResourceChange } from '../plan-json';
import type { Rule } from '../rule';

const UNKNOWN =
  'has a policy known only after the apply, which cannot be reviewed: put its cdk.tf.json beside the plan';

/** Rights that grow by a wildcard, by whom they are given to, or by what no longer holds them back. */
export const iam: Rule = (resource, context) => [
  ...policyChanges(resource, context).flatMap(({ before, after }) =>
    after === 'unknown' ? [UNKNOWN] : widenings(before, after),
  ),
  ...(RULES[resource.type]?.(resource) ?? []),
];

/** What gives rights without a policy document. */
const RULES: Readonly<Record<string, (resource: ResourceChange) => string[]>> = {
  aws_lambda_permission: permission,
  aws_lambda_layer_version_permission: permission,
  aws_iam_role_policy_attachment: attachment,
};

function permission({ change: { before, after, after_unknown: unknown } }: ResourceChange): string[] {
  if (!after) return [];
  const { principal } = after;
  const isService = typeof principal === 'string' && principal.endsWith('.amazonaws.com');
  const limits = ['source_arn', 'source_account', 'principal_org_id'];
  const isLimited = limits.some((limit) => typeof after[limit] === 'string' || isSet(unknown, limit));
  const wasLimited = limits.some((limit) => typeof before?.[limit] === 'string');
  return [
    ...(principal !== before?.principal && (before || !isService)
      ? [`trusts the new principal ${String(principal)}`]
      : []),
    ...(isService && !isLimited && (!before || wasLimited)
      ? [`lets ${String(principal)} call on behalf of any account: name a source_arn`]
      : []),
    ...(stars(after.source_arn) > stars(before?.source_arn ?? after.source_arn)
      ? [`widens the source to ${String(after.source_arn)}`]
      : []),
  ];
}

function attachment({ change: { before, after } }: ResourceChange): string[] {
  const arn = after?.policy_arn;
  if (typeof arn !== 'string' || arn === before?.policy_arn) return [];
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
  return /^arn:[^:]+:iam::aws:policy\//.test(arn)
    ? [`attaches ${arn}, which AWS writes and changes: the plan does not show what it allows`]
    : [];
}

function isSet(unknown: unknown, attribute: string): boolean {
  return typeof unknown === 'object' && unknown !== null && attribute in unknown;
}

function stars(arn: unknown): number {
  return typeof arn === 'string' ? arn.split('*').length : 0;
}
