import type { Condition, Policy, Principals, Statement } from 'terraform-offline/iam/policy';
import { areStricter, conditionsOf, conditionText } from './condition';
import { areDisjoint, covers } from './pattern';

/** What one name or pattern matches, or what all but these match. */
export type Names = { readonly one: string } | { readonly allBut: readonly string[] };

/** The part of a policy that holds by itself: who may (or may not) do what, where, and when. */
export interface Right {
  readonly effect: 'Allow' | 'Deny';
  /** None in a policy of an identity: `Service lambda.amazonaws.com`, `AWS arn:…`, `*`. */
  readonly principal?: Names;
  /** In lower case: actions are not case-sensitive. */
  readonly action: Names;
  /** The action as it is written, for people. */
  readonly actionText: string;
  /** None in a trust policy, whose resource is the role. */
  readonly resource?: Names;
  readonly conditions: readonly Condition[];
}

/** A policy as single rights, so that neither order nor grouping of its statements counts. */
export function rightsOf({ statements }: Policy): Right[] {
  return statements.flatMap((statement) => {
    const { effect, actions, notActions, resources, notResources } = statement;
    return principalsOf(statement).flatMap((principal) =>
      // IAM takes no statement without an action; to be on the safe side it counts for all actions.
      names(actions, notActions).flatMap((action) =>
        names(resources, notResources).map((resource) => ({
          effect,
          ...(principal && { principal }),
          action: lowerCase(action ?? { allBut: [] }),
          actionText: text(action ?? { allBut: [] }),
          ...resourceOf(principal, resource),
          conditions: conditionsOf(statement),
        })),
      ),
    );
  });
}

/** What names no resource counts for all, too, but for a policy of the resource itself. */
function resourceOf(principal: Names | undefined, resource: Names | undefined): Pick<Right, 'resource'> {
  if (resource) return { resource };
  return principal ? {} : { resource: { allBut: [] } };
}

/** Whether `outer` allows (or denies) everything that `inner` does. */
function isWithin(inner: Right, outer: Right): boolean {
  return concernsWithin(inner, outer) && areStricter(inner.conditions, outer.conditions);
}

/** The same, whatever their conditions. */
export function concernsWithin(inner: Right, outer: Right): boolean {
  return (
    within(inner.principal, outer.principal, PRINCIPALS) &&
    within(inner.action, outer.action, PATTERNS) &&
    within(inner.resource, outer.resource, PATTERNS)
  );
}

/** Rights of `after` that `before` did not give, and that no denial takes back at once. */
export function gained(before: readonly Right[], after: readonly Right[]): Right[] {
  const held = before.filter(isAllowed);
  const denied = after.filter((right) => !isAllowed(right));
  return after
    .filter(isAllowed)
    .filter((right) => ![...held, ...denied].some((other) => isWithin(right, other)));
}

/** Denials of `before` that `after` has no more, or not for everything. */
export function lostDenials(before: readonly Right[], after: readonly Right[]): Right[] {
  const denied = after.filter((right) => !isAllowed(right));
  return before
    .filter((right) => !isAllowed(right))
    .filter((right) => !denied.some((other) => isWithin(right, other)));
}

/**
 * A right as people write it: `dynamodb:GetItem on arn:… for Service lambda.amazonaws.com if StringEquals …`.
 * @param holder who has it, where the policy itself says nobody: `the role app`
 */
export function rightText({ principal, actionText, resource, conditions }: Right, holder?: string): string {
  const whom = principal ? text(principal) : holder;
  return [
    actionText,
    ...(resource ? [`on ${text(resource)}`] : []),
    ...(whom === undefined ? [] : [`for ${whom === '*' ? 'everyone' : whom}`]),
    ...(conditions.length > 0 ? [`if ${conditions.map(conditionText).join(' and ')}`] : []),
  ].join(' ');
}

function text(names: Names): string {
  return 'one' in names ? names.one : `everything but ${names.allBut.join(', ')}`;
}

function isAllowed({ effect }: Right): boolean {
  return effect === 'Allow';
}

/** How names of a kind relate. */
interface Relations {
  covers(outer: string, inner: string): boolean;
  areDisjoint(one: string, other: string): boolean;
}

const PATTERNS: Relations = { covers, areDisjoint };
const PRINCIPALS: Relations = {
  covers: coversPrincipal,
  areDisjoint: (one, other) => !coversPrincipal(one, other) && !coversPrincipal(other, one),
};

function within(inner: Names | undefined, outer: Names | undefined, relations: Relations): boolean {
  if (inner === undefined || outer === undefined) return inner === outer;
  if ('one' in inner) {
    return 'one' in outer
      ? relations.covers(outer.one, inner.one)
      : outer.allBut.every((name) => relations.areDisjoint(name, inner.one));
  }
  return 'one' in outer
    ? outer.one === '*'
    : outer.allBut.every((name) => inner.allBut.some((other) => relations.covers(other, name)));
}

/** Everyone, an account for all that is in it, or the very same. */
function coversPrincipal(outer: string, inner: string): boolean {
  if (outer === '*' || outer === inner) return true;
  const account = /^AWS arn:[^:]*:iam::(\d{12}):root$/.exec(outer)?.[1];
  return account !== undefined && new RegExp(`^AWS arn:[^:]*:(iam|sts)::${account}:`).test(inner);
}

function names(some: readonly string[], allBut: readonly string[]): (Names | undefined)[] {
  if (allBut.length > 0) return [{ allBut }];
  return some.length > 0 ? some.map((one) => ({ one })) : [undefined];
}

function lowerCase(action: Names): Names {
  return 'one' in action
    ? { one: action.one.toLowerCase() }
    : { allBut: action.allBut.map((name) => name.toLowerCase()) };
}

function principalsOf({ principals, notPrincipals }: Statement): (Names | undefined)[] {
  if (notPrincipals !== undefined) return [{ allBut: principalNames(notPrincipals) }];
  if (principals === undefined) return [undefined];
  return principalNames(principals).map((one) => ({ one }));
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function principalNames(principals: Principals): string[] {
  return Object.entries(principals).flatMap(([kind, many]) =>
    many.map((name) => {
      if (kind === 'AWS' && name === '*') return '*';
      return `${kind} ${/^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name}`;
    }),
  );
}
