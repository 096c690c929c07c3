import { isDestroyed, isForgotten } from '../change';
import { documentsAfter, documentsBefore } from '../iam/documents';
import { objections } from '../iam/judgement';
import { permissionOf } from '../iam/permission';
import { gained, lostDenials, rightText, type Right } from '../iam/right';
import { groupedBy, type Plan } from '../plan';
import type { ResourceChange, Values } from '../plan-json';
import { refused, type Finding, type Rule, type RuleContext } from '../rule';

/** Rights that grow beyond what a feature needs, or that nothing holds back any more: of roles, and on what has a policy. */
export const iam: Rule = (context) => {
  const { plan } = context;
  const byHolder = groupedBy(plan.resource_changes, (resource) => holdersOf(resource));
  return (resource) => {
    // It stays, and gives what it gives.
    if (isForgotten(resource)) return [];
    const before = documentsOf(resource, 'before', context);
    const after = documentsOf(resource, 'after', context);
    const others = [...new Set(holdersOf(resource).flatMap((holder) => byHolder.get(holder) ?? []))].filter(
      (other) => other.address !== resource.address,
    );
    const { accounts } = plan;
    const attributes = [...new Set([...before, ...after].map(({ attribute }) => attribute))];
    const whom = whose(resource);
    const isNew = resource.change.before === null || isElsewhere(resource);
    return attributes.flatMap((attribute) => {
      const mine = rightsIn(before, attribute);
      const held = [
        ...(isElsewhere(resource) ? [] : mine),
        ...others.flatMap((other) => sharedRights(resource, other, 'before', attribute, context)),
      ];
      const next = rightsIn(after, attribute);
      const kept = isElsewhere(resource) ? [] : next;
      const shared = others.flatMap((other) => sharedRights(resource, other, 'after', attribute, context));
      const denied = shared.filter(({ effect }) => effect === 'Deny');
      const setting = { before: held, isTrust: attribute === 'assume_role_policy', isNew, accounts };
      const about = {
        ...(attribute !== PERMISSION && { attributes: [attribute, ...PLACE] }),
        basis: next,
      };
      return [
        ...after.flatMap(({ attribute: of, problem }) =>
          of === attribute && problem !== undefined ? [{ ...refused(problem), ...about }] : [],
        ),
        ...gained(held, [...next, ...denied]).map((right) => ({
          ...finding(rightText(right, whom), objections(right, setting)),
          ...about,
        })),
        ...(goesWithItsHolder(resource, plan) ? [] : lostDenials(mine, [...kept, ...shared])).map(
          (right) => ({
            ...refused(`no longer denies ${rightText(right, whom)}, so that whatever allows it counts`),
            ...about,
          }),
        ),
      ];
    });
  };
};

function finding(right: string, against: readonly string[]): Finding {
  const sentence = `would allow ${right}`;
  return against.length > 0
    ? refused(`${sentence}: ${[...new Set(against)].join('; ')}`)
    : { kind: 'gained', sentence };
}

/** Who has the rights of a policy that says nobody itself. */
function whose(resource: ResourceChange): string | undefined {
  const { before, after } = resource.change;
  const holder = holderOf(resource, after) ?? holderOf(resource, before);
  if (holder !== undefined) return `the ${holder}`;
  return resource.type === 'aws_iam_policy' ? 'whoever has this policy' : undefined;
}

/** Attributes that say whose rights, or on what, they are. */
const PLACE = [
  'bucket',
  'function_name',
  'group',
  'key_id',
  'layer_name',
  'queue_url',
  'repository',
  'resource_arn',
  'rest_api_id',
  'role',
  'secret_arn',
  'user',
];

/** Whether the change gives it to another holder, or moves it to another resource. */
function isElsewhere({ change: { before, after } }: ResourceChange): boolean {
  return PLACE.some((attribute) => {
    const [from, to] = [before?.[attribute], after?.[attribute]];
    return typeof from === 'string' && typeof to === 'string' && from !== to;
  });
}

type When = 'before' | 'after';

/** All attributes of what is a permission as a whole. */
const PERMISSION = '*';

function documentsOf(
  resource: ResourceChange,
  when: When,
  context: RuleContext,
): ReturnType<typeof documentsBefore> {
  const values = resource.change[when];
  const permission = values && permissionOf(resource, values, context.plan);
  if (permission) return [{ attribute: PERMISSION, rights: permission }];
  if (when === 'before') return documentsBefore(resource);
  return values ? documentsAfter(resource, context) : [];
}

function rightsIn(documents: ReturnType<typeof documentsBefore>, attribute: string): Right[] {
  return documents.flatMap((document) => (document.attribute === attribute ? document.rights : []));
}

/** What another resource gives the same holder, so that a policy may move from one to the other. */
function sharedRights(
  resource: ResourceChange,
  other: ResourceChange,
  when: When,
  attribute: string,
  context: RuleContext,
): Right[] {
  if (attribute === 'assume_role_policy') return [];
  const { before, after } = resource.change;
  const holders = (when === 'before' ? [after ?? before] : [before, after]).flatMap(
    (values) => holderOf(resource, values) ?? [],
  );
  const holder = holderOf(other, other.change[when]);
  if (holder === undefined || !holders.includes(holder)) return [];
  return documentsOf(other, when, context)
    .filter((document) => document.attribute !== 'assume_role_policy')
    .flatMap(({ rights }) => rights);
}

function holdersOf(resource: ResourceChange): string[] {
  const { before, after } = resource.change;
  return [before, after].flatMap((values) => holderOf(resource, values) ?? []);
}

/** Who has the rights, where several resources can give them to one. */
function holderOf({ type }: ResourceChange, values: Values | null): string | undefined {
  const attribute = HOLDERS[type];
  const name = attribute === undefined ? undefined : values?.[attribute];
  return typeof name === 'string' ? `${kindOf(type)} ${name}` : undefined;
}

const HOLDERS: Readonly<Record<string, string>> = {
  aws_iam_role: 'name',
  aws_iam_role_policy: 'role',
  aws_iam_user_policy: 'user',
  aws_iam_group_policy: 'group',
  aws_lambda_permission: 'function_name',
};

function kindOf(type: string): string {
  return type === 'aws_lambda_permission' ? 'function' : (/^aws_iam_([a-z]+)/.exec(type)?.[1] ?? type);
}

/** Whether the policy goes because its holder goes. */
function goesWithItsHolder(resource: ResourceChange, plan: Plan): boolean {
  const holder = holderOf(resource, resource.change.before);
  return (
    isDestroyed(resource) &&
    !resource.change.actions.includes('create') &&
    (resource.type === 'aws_iam_role' ||
      plan.resource_changes.some(
        (other) =>
          /^aws_iam_(role|user|group)$/.test(other.type) &&
          isDestroyed(other) &&
          `${kindOf(other.type)} ${String(other.change.before?.name)}` === holder,
      ))
  );
}
