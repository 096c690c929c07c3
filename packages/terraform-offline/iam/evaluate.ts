import { type ConditionKeys, hasUnservedVariable, holds, isUnserved, variableValues } from './condition-keys';
import type { Condition, Policy, Statement } from './policy';
import { type Meant, meaning, type Principal } from './principal';
import { type VariableValue, wildcards } from './wildcards';

/** What somebody asks for. */
export interface Request {
  readonly principal: Principal;
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** An ARN; `*` where the action is on nothing in particular; empty for a trust policy's. */
  readonly resource: string;
  /** Default: there are none but `aws:PrincipalArn`, which is the principal's. */
  readonly keys?: ConditionKeys;
  /** The trace or the request id of the invocation that asks, where that is known. */
  readonly invocation?: string | undefined;
}

/** What AWS calls a policy by what it is attached to. */
export type PolicyType = 'identity-based policy' | 'resource-based policy' | 'permissions boundary';

/** Which statement it is. */
export interface StatementReference {
  readonly type: PolicyType;
  readonly policy: string;
  /** From 0. */
  readonly index: number;
  readonly sid: string | undefined;
}

export type Decision =
  | { readonly outcome: 'allowed'; readonly by: readonly StatementReference[] }
  | { readonly outcome: 'explicitly-denied'; readonly by: StatementReference }
  | {
      readonly outcome: 'implicitly-denied';
      /** What would have to allow it. */
      readonly lacking: PolicyType;
      /** An Allow that would, if its condition held, or could be known. */
      readonly withheld: Withheld | undefined;
    };

export interface Withheld {
  readonly statement: StatementReference;
  readonly condition: string;
}

/** Told of each decision. Never throws. */
export type OnDecision = (request: Request, decision: Decision) => void;

export type Denial = Exclude<Decision, { readonly outcome: 'allowed' }>;

/** The policies that decide about a request, compiled. Without a boundary, nothing is beyond it. */
export interface Policies {
  readonly identity?: readonly CompiledStatement[];
  readonly boundary?: readonly CompiledStatement[] | undefined;
  readonly resource?: readonly CompiledStatement[];
}

/** A statement whose patterns are ready to compare. */
export interface CompiledStatement {
  readonly reference: StatementReference;
  readonly statement: Statement;
  readonly means: (principal: Principal) => Meant;
  readonly covers: (request: Request, keys: ConditionKeys) => boolean;
  /** The first condition that does not hold; undefined when all do. */
  readonly fails: (keys: ConditionKeys) => Condition | undefined;
}

/**
 * Decides by AWS's logic for requests within an account: a Deny that applies wins; else a resource-based policy allows
 * by itself, within the boundary unless it names the session; else identity-based policy and boundary both have to.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function evaluate({ identity = [], boundary, resource = [] }: Policies, request: Request): Decision {
  const keys = withPrincipal(request);
  const covering = (statements: readonly CompiledStatement[]) =>
    statements.filter((one) => one.means(request.principal) !== undefined && one.covers(request, keys));
  const all = [...identity, ...(boundary ?? []), ...resource];
  const applying = covering(all).filter((one) => one.fails(keys) === undefined);
  const denying = applying.find(({ statement }) => statement.effect === 'Deny');
  if (denying) return { outcome: 'explicitly-denied', by: denying.reference };

  const allowedBy = (statements: readonly CompiledStatement[], ...meant: Meant[]) =>
    applying.filter((one) => statements.includes(one) && meant.includes(one.means(request.principal)));
  const allowed = (statements: readonly CompiledStatement[]): Decision => ({
    outcome: 'allowed',
    by: statements.map(({ reference }) => reference),
  });
  const bySession = allowedBy(resource, 'session');
  if (bySession.length > 0) return allowed(bySession);
  const granted = [...allowedBy(identity, 'principal'), ...allowedBy(resource, 'principal')];
  const within = boundary && allowedBy(boundary, 'principal');
  if (granted.length > 0 && (!within || within.length > 0)) return allowed(granted);

  const lacking = lackingOf(request.principal, granted.length > 0);
  const candidates = { 'identity-based policy': identity, 'permissions boundary': boundary ?? [] };
  const there = lacking === 'resource-based policy' ? resource : [...candidates[lacking], ...resource];
  const nearly = covering(there).find(({ statement }) => statement.effect === 'Allow');
  const condition = nearly?.fails(keys);
  return {
    outcome: 'implicitly-denied',
    lacking,
    withheld: nearly && condition && { statement: nearly.reference, condition: said(condition, keys) },
  };
}

function lackingOf({ kind }: Principal, isGranted: boolean): PolicyType {
  if (kind !== 'AWS') return 'resource-based policy';
  return isGranted ? 'permissions boundary' : 'identity-based policy';
}

function withPrincipal({ principal, keys }: Request): ConditionKeys {
  return (name) => {
    if (name !== 'aws:principalarn') return keys?.(name);
    return principal.kind === 'AWS' ? principal.name : undefined;
  };
}

/** `StringEquals aws:RequestedRegion "eu-west-1" (it is "us-east-1")` */
function said(condition: Condition, keys: ConditionKeys): string {
  const { operator, key, values } = condition;
  const wanted = `${operator} ${key} ${values.map((value) => JSON.stringify(value)).join(' or ')}`;
  if (isUnserved(condition)) return `${wanted} (a key that is not known here)`;
  const actual = [keys(key.toLowerCase()) ?? []].flat();
  return `${wanted} (${actual.length === 0 ? 'there is none' : `it is ${actual.map((one) => JSON.stringify(one)).join(', ')}`})`;
}

/**
 * Makes the statements of a policy ready. What a statement says of condition keys that are not known here refuses: an Allow
 * does not apply, and a Deny does.
 */
export function compilePolicy(policy: Policy, type: PolicyType): CompiledStatement[] {
  const valuesIn = (keys: ConditionKeys) =>
    policy.version === '2012-10-17' ? variableValues(keys) : undefined;
  return policy.statements.map((statement, index) => {
    const { sid, effect, conditions = [] } = statement;
    // Actions are not case-sensitive, resources are.
    const coversAction = elementMatcher(statement.actions, statement.notActions, 'i');
    const coversResource = resourceMatcher(statement);
    return {
      reference: { type, policy: policy.name, index, sid },
      statement,
      means: (principal) => (type === 'resource-based policy' ? meaning(statement, principal) : 'principal'),
      covers: ({ action, resource }, keys) =>
        coversAction(action) && (resource === '' || coversResource(resource, valuesIn(keys))),
      fails: (keys) =>
        conditions.find((one) => (isUnserved(one) ? effect === 'Allow' : !holds(one, keys, valuesIn(keys)))),
    };
  });
}

type Matcher = (value: string, valueOf?: VariableValue) => boolean;

function resourceMatcher({ effect, resources, notResources }: Statement): Matcher {
  const known = (patterns: readonly string[]) => patterns.filter((one) => !hasUnservedVariable(one));
  const isKnown = [...resources, ...notResources].every((one) => !hasUnservedVariable(one));
  if (isKnown) return elementMatcher(resources, notResources, '');
  if (effect === 'Deny') return notResources.length > 0 ? noneOf(known(notResources), '') : () => true;
  return notResources.length > 0 ? () => false : anyOf(known(resources), '');
}

/** Grammar allows either the element or its `Not…` form, never both. */
function elementMatcher(
  patterns: readonly string[],
  notPatterns: readonly string[],
  flags: '' | 'i',
): Matcher {
  return notPatterns.length > 0 ? noneOf(notPatterns, flags) : anyOf(patterns, flags);
}

function noneOf(patterns: readonly string[], flags: '' | 'i'): Matcher {
  const excluded = anyOf(patterns, flags);
  return (value, valueOf) => !excluded(value, valueOf);
}

function anyOf(patterns: readonly string[], flags: '' | 'i'): Matcher {
  const matchers = patterns.map((pattern): Matcher => {
    const fixed = wildcards(pattern, flags);
    if (!pattern.includes('${')) return (value) => fixed.test(value);
    return (value, valueOf) => (valueOf ? wildcards(pattern, flags, valueOf) : fixed).test(value);
  });
  return (value, valueOf) => matchers.some((matches) => matches(value, valueOf));
}
