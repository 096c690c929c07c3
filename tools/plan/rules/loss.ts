import { changeOf, isDestroyed, isForgotten } from '../change';
import { doorOf } from '../doors';
import { groupedBy } from '../plan';
import type { ResourceChange, Values } from '../plan-json';
import { goesWithItsApi, refused, type Rule } from '../rule';
import { HARMLESS_TYPES } from '../tables/harmless-types';
import { LOSSES } from '../tables/losses';

/** Destroying, replacing or letting go of what holds data, of what others rely on, and of what nobody here knows. */
export const loss: Rule = ({ plan }) => {
  const gone = groupedBy(
    plan.resource_changes.filter((resource) => isDestroyed(resource) && resource.change.after === null),
    namesOf,
  );
  const users = groupedBy(plan.resource_changes, ({ change }) => rolesIn(change.before));
  return (resource) => {
    const { before } = resource.change;
    if (!before) return [];
    const known = LOSSES[resource.type];
    const door = doorOf(resource, 'before', plan)?.text;
    const what = door ?? known?.what(before) ?? `a resource of the type ${resource.type}`;
    const isHarmless = HARMLESS_TYPES.includes(resource.type);
    if (isForgotten(resource)) {
      return known?.mayBeLeft || (isHarmless && door === undefined)
        ? [{ kind: 'noted', sentence: `lets go of ${what}: it stays as it is, and nobody manages it` }]
        : [
            refused(
              `lets go of ${what}: it stays, with nobody to change or protect it, and stands in the way of a new one`,
            ),
          ];
    }
    if (isHarmless || !isDestroyed(resource) || goesWithItsApi(resource, plan)) return [];
    if (isReplaced(resource) ? known?.isRemade : goesWithAnother(resource, gone, users)) return [];
    return [refused(`${verb(resource)} ${what}${cause(resource)}: ${known?.lost ?? UNKNOWN}`)];
  };
};

const UNKNOWN = 'no rule says what would be lost with it, so that somebody has to look';

function verb(resource: ResourceChange): string {
  const verb = isReplaced(resource) ? 'replaces' : 'destroys';
  return resource.deposed === undefined ? verb : `${verb} what an earlier replacement has left of`;
}

function isReplaced(resource: ResourceChange): boolean {
  return changeOf(resource)?.action === 'replace';
}

function cause(resource: ResourceChange): string {
  const change = changeOf(resource);
  if (change?.action !== 'replace') return '';
  const because = change.attributes.length > 0 ? change.attributes.join(', ') : change.reason;
  return because === undefined ? '' : ` (forced by ${because})`;
}

/** Whether it goes because what it belongs to goes, which is said of that, or because nobody has it any more. */
function goesWithAnother(resource: ResourceChange, gone: Gone, users: Users): boolean {
  const { type, address, change } = resource;
  if (type === 'aws_iam_role') return isLeft(resource, users);
  const owners = [
    ...(gone.get(`aws_lambda_function ${String(change.before?.function_name)}`) ?? []),
    ...(type === 'aws_api_gateway_integration' ? (gone.get(methodOf(change.before)) ?? []) : []),
  ];
  return owners.some((owner) => owner.address !== address);
}

/** Functions and methods that go, by what others name them. */
type Gone = ReadonlyMap<string, readonly ResourceChange[]>;

function namesOf({ type, change: { before } }: ResourceChange): string[] {
  if (type === 'aws_api_gateway_method') return [methodOf(before)];
  if (type !== 'aws_lambda_function') return [];
  return [before?.function_name, before?.arn].flatMap((name) =>
    typeof name === 'string' ? [`${type} ${name}`] : [],
  );
}

function methodOf(before: Values | null): string {
  return ['rest_api_id', 'resource_id', 'http_method'].map((name) => String(before?.[name])).join(' ');
}

/** What names a role, by the ARN of the role. */
type Users = ReadonlyMap<string, readonly ResourceChange[]>;

/** Whether what has the role today goes, or takes another one. */
function isLeft({ address, change: { before } }: ResourceChange, users: Users): boolean {
  const arn = String(before?.arn);
  const others = (users.get(arn) ?? []).filter((other) => other.address !== address);
  return others.length > 0 && others.every(({ change }) => !rolesIn(change.after).includes(arn));
}

function rolesIn(values: unknown): string[] {
  return [...JSON.stringify(values ?? null).matchAll(/"(arn:[^":]*:iam:[^"]*:role\/[^"]*)"/g)].map(
    ([, arn = '']) => arn,
  );
}
