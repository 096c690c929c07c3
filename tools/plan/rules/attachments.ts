import { isUnknown } from '../change';
import { accountsOf } from '../iam/accounts';
import { documentsBefore } from '../iam/documents';
import { objections } from '../iam/judgement';
import { isWritten, referredTo } from '../expressions';
import type { PlanJson, ResourceChange, Values } from '../plan-json';
import { refused, type Finding, type Rule, type RuleContext } from '../rule';
import { HARMLESS_MANAGED_POLICIES } from '../tables/managed-policies';

/** Managed policies that someone gets, and memberships of groups that have them. */
export const attachments: Rule = (resource, context) => {
  const attribute = POLICIES[resource.type];
  if (attribute === undefined) return membership(resource);
  const { before, after } = resource.change;
  const names = holders(after ?? before);
  const held = context.plan.resource_changes.flatMap((other) => attached(other, other.change.before, names));
  const kept = context.plan.resource_changes.flatMap((other) => attached(other, other.change.after, names));
  const lost = attached(resource, before, holders(before)).filter((arn) => !kept.includes(arn));
  const gained = attached(resource, after, names).filter((arn) => !held.includes(arn));
  return [
    ...gained.flatMap((arn) => gain(arn, names, attribute, context)),
    ...unknown(resource, attribute, context),
    ...(isGone(names, context.plan) ? [] : lost)
      .filter((arn) => denies(arn, context.plan))
      .map((arn) =>
        refused(`would take ${arn} from ${names.join(', ')}, and with it what it denies`, attribute),
      ),
  ];
};

/** Where each type has the ARNs of the policies it gives. */
const POLICIES: Readonly<Record<string, string>> = {
  aws_iam_group_policy_attachment: 'policy_arn',
  aws_iam_group_policy_attachments_exclusive: 'policy_arns',
  aws_iam_policy_attachment: 'policy_arn',
  aws_iam_role: 'managed_policy_arns',
  aws_iam_role_policy_attachment: 'policy_arn',
  aws_iam_role_policy_attachments_exclusive: 'policy_arns',
  aws_iam_user_policy_attachment: 'policy_arn',
  aws_iam_user_policy_attachments_exclusive: 'policy_arns',
  aws_ssoadmin_managed_policy_attachment: 'managed_policy_arn',
};

/** Who gets them; with `name`, only of a role itself. */
const HOLDERS = [
  'role',
  'role_name',
  'roles',
  'user',
  'user_name',
  'users',
  'group',
  'group_name',
  'groups',
  'permission_set_arn',
];

function holders(values: Values | null): string[] {
  const named = HOLDERS.flatMap((attribute) => [values?.[attribute] ?? []].flat()).map(String);
  if (named.length > 0) return named;
  return typeof values?.name === 'string' ? [values.name] : ['whoever it is attached to'];
}

function attached({ type }: ResourceChange, values: Values | null, names: readonly string[]): string[] {
  const attribute = POLICIES[type];
  if (attribute === undefined || !holders(values).some((name) => names.includes(name))) return [];
  return [values?.[attribute] ?? []].flat().map(String);
}

function gain(arn: string, names: readonly string[], attribute: string, { plan }: RuleContext): Finding[] {
  const to = names.join(', ');
  const ofAws = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (ofAws !== undefined) {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
    return HARMLESS_MANAGED_POLICIES.includes(ofAws)
      ? [{ kind: 'gained', sentence: `would give ${to} what ${arn} allows` }]
      : [
          refused(
            `would give ${to} all that ${arn} allows, which AWS writes and changes, and the plan does not show`,
            attribute,
          ),
        ];
  }
  const policy = policyOf(arn, plan);
  if (!policy) {
    return [refused(`would give ${to} all that ${arn} allows, which the plan does not show`, attribute)];
  }
  return judged(policy, to, attribute, plan);
}

/** A policy that is there already, for someone who did not have it; a new one is judged where it is made. */
function judged(policy: ResourceChange, to: string, attribute: string, plan: PlanJson): Finding[] {
  const sentence = `would give ${to} what ${policy.address} allows`;
  const setting = { before: [], isTrust: false, isNew: true, accounts: accountsOf(plan) };
  const against = documentsBefore(policy)
    .flatMap(({ rights, problem }) => (problem === undefined ? rights : []))
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((right) => objections(right, setting));
  return against.length > 0
    ? [refused(`${sentence}: ${[...new Set(against)].join('; ')}`, attribute)]
    : [{ kind: 'gained', sentence }];
}

function policyOf(arn: string, { resource_changes }: PlanJson): ResourceChange | undefined {
  return resource_changes.find(
    ({ type, change }) =>
      type === 'aws_iam_policy' && (change.before?.arn === arn || change.after?.arn === arn),
  );
}

function unknown(resource: ResourceChange, attribute: string, { plan }: RuleContext): Finding[] {
  if (!isUnknown(resource.change.after_unknown, [attribute]) || !isWritten(resource, [attribute], plan))
    return [];
  const policies = referredTo(resource, attribute, plan).filter(({ type }) => type === 'aws_iam_policy');
  const to = holders(resource.change.after).join(', ');
  if (policies.length === 0) {
    return [
      refused(`would give ${to} a policy known only after the apply, which nobody can review`, attribute),
    ];
  }
  return policies.flatMap((policy) => judged(policy, to, attribute, plan));
}

function denies(arn: string, plan: PlanJson): boolean {
  if (/:aws:policy\/(AWSDenyAll|AWSCompromisedKeyQuarantine)/.test(arn)) return true;
  const policy = policyOf(arn, plan);
  return (
    policy !== undefined &&
    documentsBefore(policy).some(({ rights }) => rights.some(({ effect }) => effect === 'Deny'))
  );
}

/** Whether the holder goes too. */
function isGone(names: readonly string[], { resource_changes }: PlanJson): boolean {
  return resource_changes.some(
    ({ type, change }) =>
      /^aws_iam_(role|user|group)$/.test(type) &&
      change.after === null &&
      names.includes(String(change.before?.name)),
  );
}

function membership({ type, change: { before, after } }: ResourceChange): Finding[] {
  if (type === 'aws_iam_access_key' && !before) {
    return [refused(`would give the user ${String(after?.user)} a key that does not expire`)];
  }
  const attribute = MEMBERS[type];
  if (attribute === undefined || !after) return [];
  const known = [before?.[attribute] ?? []].flat().map(String);
  const added = [after[attribute] ?? []]
    .flat()
    .map(String)
    .filter((name) => !known.includes(name));
  return added.length > 0
    ? [
        refused(
          `would give ${String(after.user ?? after.group)} a membership (${added.join(', ')}), with all rights of the group`,
          attribute,
        ),
      ]
    : [];
}

const MEMBERS: Readonly<Record<string, string>> = {
  aws_iam_group_membership: 'users',
  aws_iam_user_group_membership: 'groups',
};
