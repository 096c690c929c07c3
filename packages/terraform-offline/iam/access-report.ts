import { explanation } from './denial';
import type { Denial, StatementReference } from './evaluate';
import type { Statement } from './policy';
import type { Principal } from './principal';
import type { Role } from './role';
import { type PolicyJson, smallestPolicy } from './smallest-policy';
import { wildcards } from './wildcards';

/** What roles were granted, and what they asked for. */
export interface AccessReport {
  readonly roles: readonly RoleReport[];
}

export interface RoleReport {
  /** The ARN of the role or user. */
  readonly role: string;
  /** Names of the functions that act as it. */
  readonly functions: readonly string[];
  /** Granted and used. */
  readonly used: readonly UsedAccess[];
  /** Granted and never used: of a statement that was used in part, the actions or the resources that were not. */
  readonly unused: readonly Grant[];
  /** Granted for services whose requests are not decided here, so that nothing is known of their use. */
  readonly undecided: readonly Grant[];
  /** Needed and denied. */
  readonly denied: readonly DeniedAccess[];
  /**
   * It allows what the role's policies allowed, and what nothing allowed; a Deny is for whoever wrote it to judge, and what a
   * resource's own policy allows needs no other.
   */
  readonly smallestPolicy: PolicyJson;
}

export interface UsedAccess {
  /** `dynamodb:PutItem` */
  readonly action: string;
  readonly resource: string;
  readonly times: number;
  /** Policies and statements: `StoreDataFunction Statement[0]`. */
  readonly grantedBy: readonly string[];
}

export interface Grant {
  readonly statement: string;
  /** As the policy has them; with `NotAction` and `NotResource` prefixed by `not`. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export interface DeniedAccess {
  readonly action: string;
  readonly resource: string;
  readonly times: number;
  readonly reason: string;
}

/** A role, and the names of the functions that act as it. */
export interface RoleUse {
  readonly role: Role;
  readonly functions: readonly string[];
}

/** What a role asked for, and what came of it. */
export interface RecordedAccess {
  readonly action: string;
  readonly resource: string;
  /** How often it was allowed. */
  allowed: number;
  denied: number;
  readonly grantedBy: string[];
  /** The last one. */
  refused?: { readonly principal: Principal; readonly denial: Denial };
}

/** Of a role that no function acts as, and a user, only what they ask for here: the rest is between them and AWS. */
export function saysSomething({ functions, used, unused, denied }: RoleReport): boolean {
  return [functions, used, unused, denied].some(({ length }) => length > 0);
}

/** What was granted to a role, or to a user, against what it asked for. */
export function reportOf({ role, functions }: RoleUse, accesses: readonly RecordedAccess[]): RoleReport {
  const used = accesses.filter(({ allowed }) => allowed > 0);
  const isDecided = decidedFor(functions);
  const grants = role.policies.flatMap(({ name, statements }) =>
    statements.flatMap((statement, index) =>
      statement.effect === 'Allow'
        ? [{ statement, name: statementName({ policy: name, index, sid: statement.sid }) }]
        : [],
    ),
  );
  const never = grants.flatMap(({ statement, name }) =>
    neverUsed(
      statement,
      used.filter(({ grantedBy }) => grantedBy.includes(name)),
    ).map((part): Grant => ({ statement: name, ...part })),
  );
  const conditionsOf = new Map(grants.map(({ name, statement }) => [name, statement.conditions ?? []]));
  return {
    role: role.arn,
    functions,
    used: used.map(({ action, resource, allowed: times, grantedBy }) => ({
      action,
      resource,
      times,
      grantedBy,
    })),
    unused: never.flatMap((grant) => withActions(grant, isDecided)),
    undecided: never.flatMap((grant) => withActions(grant, (action) => !isDecided(action))),
    denied: accesses.flatMap(({ action, resource, denied: times, refused }) =>
      refused
        ? [
            {
              action,
              resource,
              times,
              reason: explanation({ principal: refused.principal, action, resource }, refused.denial),
            },
          ]
        : [],
    ),
    smallestPolicy: smallestPolicy(
      accesses.filter(
        ({ grantedBy, refused }) =>
          grantedBy.some((name) => conditionsOf.has(name)) || refused?.denial.outcome === 'implicitly-denied',
      ),
      conditionsOf,
    ),
  };
}

/** How the report calls a statement: `StoreDataFunction Statement[0] "Store"`. */
export function statementName({
  policy,
  index,
  sid,
}: Pick<StatementReference, 'policy' | 'index' | 'sid'>): string {
  return `${policy} Statement[${index}]${sid === undefined ? '' : ` "${sid}"`}`;
}

type Part = Pick<Grant, 'actions' | 'resources'>;

/** Action by action, and resource by resource; what is granted by exception is used or not as a whole. */
function neverUsed(
  { actions, notActions, resources, notResources }: Statement,
  used: readonly RecordedAccess[],
): Part[] {
  const whole = {
    actions: [...actions, ...notActions.map((action) => `not ${action}`)],
    resources: [...resources, ...notResources.map((resource) => `not ${resource}`)],
  };
  if (used.length === 0) return [whole];
  const unusedActions = actions.filter((pattern) => {
    const matcher = wildcards(pattern, 'i');
    return !used.some(({ action }) => matcher.test(action));
  });
  const unusedResources = resources.filter((pattern) => {
    // What a variable stands for is not known any more.
    const matcher = wildcards(pattern.replace(/\$\{[^}]*\}/g, '*'));
    return !used.some(({ resource }) => matcher.test(resource));
  });
  return [
    { actions: unusedActions, resources: whole.resources },
    { actions: whole.actions, resources: unusedResources },
  ].filter(({ actions, resources }) => actions.length > 0 && resources.length > 0);
}

function withActions(grant: Grant, keep: (action: string) => boolean): Grant[] {
  const actions = grant.actions.filter(keep);
  return actions.length > 0 ? [{ ...grant, actions }] : [];
}

/**
 * What is decided here besides requests to DynamoDB: who may call APIs and functions, and what Lambda itself does as a
 * function's role. All else that a policy grants of these services is asked of nobody.
 */
const CALLS = ['execute-api:Invoke', 'lambda:InvokeFunction', 'lambda:InvokeFunctionUrl'];
const RUNTIME = [
  'logs:CreateLogGroup',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
];

/** @param functions that act as the role */
function decidedFor(functions: readonly string[]): (pattern: string) => boolean {
  const actions = functions.length > 0 ? [...CALLS, ...RUNTIME] : CALLS;
  return (pattern) => {
    if (pattern.startsWith('not ')) return true;
    const [service = ''] = pattern.split(':');
    const action = wildcards(pattern, 'i');
    return wildcards(service, 'i').test('dynamodb') || actions.some((one) => action.test(one));
  };
}
