import { isForgotten, isUnknown } from '../change';
import { documentsBefore } from '../iam/documents';
import { objections } from '../iam/judgement';
import { isWritten, referredTo } from '../expressions';
import type { Plan } from '../plan';
import type { ResourceChange, Values } from '../plan-json';
import { refused, type Finding, type Rule, type RuleContext } from '../rule';
import { HARMLESS_MANAGED_POLICIES } from '../tables/managed-policies';

/** Managed policies that someone gets, and memberships of groups that have them. */
export const attachments: Rule = (context) => {
  const all = (when: 'before' | 'after'): ReadonlySet<string> =>
    new Set(context.plan.resource_changes.flatMap((other) => attached(other, other.change[when]).map(keyOf)));
  const [held, kept] = [all('before'), all('after')];
  return (resource) => {
    const attribute = POLICIES[resource.type];
    if (attribute === undefined) return membership(resource);
    // They stay with whoever has them.
    if (isForgotten(resource)) return [];
    const { before, after } = resource.change;
    const gained = attached(resource, after).filter((one) => !held.has(keyOf(one)));
    const lost = attached(resource, before).filter((one) => !kept.has(keyOf(one)));
    return [
      ...byPolicy(gained).flatMap(([arn, names]) => gain(arn, names, context)),
      ...unknown(resource, attribute, context),
      ...lost
        .filter(({ arn, holder }) => denies(arn, context.plan) && !isGone(holder, context.plan))
        .map(({ arn, holder }) =>
          refused(`would take ${arn} from the ${holder}, and with it what it denies`),
        ),
    ].map((finding) => ({ ...finding, attributes: [attribute, 'name', ...Object.keys(HOLDERS)] }));
  };
};

/** A policy, and who has it. */
interface Attached {
  readonly arn: string;
  /** `role app` */
  readonly holder: string;
}

function attached({ type }: ResourceChange, values: Values | null): Attached[] {
  const attribute = POLICIES[type];
  if (attribute === undefined) return [];
  return [values?.[attribute] ?? []]
    .flat()
    .map(String)
    .flatMap((arn) => holders(type, values).map((holder) => ({ arn, holder })));
}

function keyOf({ arn, holder }: Attached): string {
  return `${arn} ${holder}`;
}

function byPolicy(some: readonly Attached[]): [arn: string, to: string][] {
  const arns = [...new Set(some.map(({ arn }) => arn))];
  return arns.map((arn) => [
    arn,
    some
      .filter((other) => other.arn === arn)
      .map(({ holder }) => `the ${holder}`)
      .join(', '),
  ]);
}

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

/** Who gets them, and what that is; with `name`, only of a role itself. */
const HOLDERS: Readonly<Record<string, string>> = {
  role: 'role',
  role_name: 'role',
  roles: 'role',
  user: 'user',
  user_name: 'user',
  users: 'user',
  group: 'group',
  group_name: 'group',
  groups: 'group',
  permission_set_arn: 'permission set',
};

function holders(type: string, values: Values | null): string[] {
  if (type === 'aws_iam_role')
    return [`role ${typeof values?.name === 'string' ? values.name : 'that is new'}`];
  const named = Object.entries(HOLDERS).flatMap(([attribute, kind]) =>
    [values?.[attribute] ?? []]
      .flat()
      .map(String)
      .map((name) => `${kind} ${name}`),
  );
  return named.length > 0 ? named : ['holder known after the apply'];
}

function gain(arn: string, to: string, { plan }: RuleContext): Finding[] {
  const ofAws = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (ofAws !== undefined) {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
    return HARMLESS_MANAGED_POLICIES.includes(ofAws)
      ? [{ kind: 'gained', sentence: `would give ${to} what ${arn} allows` }]
      : [
          refused(
            `would give ${to} all that ${arn} allows, which AWS writes and changes, and the plan does not show`,
          ),
        ];
  }
  const policy = policyOf(arn, plan);
  return policy
    ? judged(policy, to, plan)
    : [refused(`would give ${to} all that ${arn} allows, which the plan does not show`)];
}

/** A policy that is there already, for someone who did not have it; a new one is judged where it is made. */
function judged(policy: ResourceChange, to: string, plan: Plan): Finding[] {
  const sentence = `would give ${to} what ${policy.address} allows`;
  const setting = { before: [], isTrust: false, isNew: true, accounts: plan.accounts };
  const rights = documentsBefore(policy).flatMap(({ rights, problem }) =>
    problem === undefined ? rights : [],
  );
  const against = rights
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((right) => objections(right, setting));
  return against.length > 0
    ? [{ ...refused(`${sentence}: ${[...new Set(against)].join('; ')}`), basis: rights }]
    : [{ kind: 'gained', sentence }];
}

function policyOf(arn: string, { byArn }: Plan): ResourceChange | undefined {
  return byArn.get(arn)?.find(({ type }) => type === 'aws_iam_policy');
}

function unknown(resource: ResourceChange, attribute: string, { plan }: RuleContext): Finding[] {
  if (!isUnknown(resource.change.after_unknown, [attribute]) || !isWritten(resource, [attribute], plan))
    return [];
  const policies = referredTo(resource, attribute, plan).filter(({ type }) => type === 'aws_iam_policy');
  const to = holders(resource.type, resource.change.after)
    .map((holder) => `the ${holder}`)
    .join(', ');
  return policies.length === 0
    ? [refused(`would give ${to} a policy known only after the apply, which nobody can review`)]
    : policies.flatMap((policy) => judged(policy, to, plan));
}

function denies(arn: string, plan: Plan): boolean {
  if (/:aws:policy\/(AWSDenyAll|AWSCompromisedKeyQuarantine)/.test(arn)) return true;
  const policy = policyOf(arn, plan);
  return (
    policy !== undefined &&
    documentsBefore(policy).some(({ rights }) => rights.some(({ effect }) => effect === 'Deny'))
  );
}

/** Whether the holder goes too. */
function isGone(holder: string, { resource_changes }: Plan): boolean {
  return resource_changes.some(
    ({ type, change }) =>
      change.after === null && `${type} ${String(change.before?.name)}` === `aws_iam_${holder}`,
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
