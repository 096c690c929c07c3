import type { Condition } from './policy';

export interface PolicyJson {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  }[];
}

/** An action on a resource, and the statements that grant it today; none where nothing does. */
interface GrantedAccess {
  readonly action: string;
  readonly resource: string;
  readonly grantedBy: readonly string[];
}

/**
 * A policy that allows these, and no more than the conditions do that stand now.
 * @param conditionsOf by the names of statements
 */
export function smallestPolicy(
  accesses: readonly GrantedAccess[],
  conditionsOf: ReadonlyMap<string, readonly Condition[]>,
): PolicyJson {
  const byResource = new Map<
    string,
    { resource: string; condition: PolicyConditions; actions: Set<string> }
  >();
  for (const { action, resource: asked, grantedBy } of accesses) {
    // A log stream has a name of its own at every start.
    const resource = asked.replace(/:log-stream:.*$/, ':*');
    const condition = conditionsIn(grantedBy.map((name) => conditionsOf.get(name) ?? []));
    const key = JSON.stringify([resource, condition]);
    const known = byResource.get(key) ?? { resource, condition, actions: new Set<string>() };
    byResource.set(key, known);
    known.actions.add(action);
  }
  const byActions = new Map<
    string,
    { condition: PolicyConditions; actions: string[]; resources: string[] }
  >();
  for (const { resource, condition, actions: set } of byResource.values()) {
    const actions = [...set].sort();
    const key = JSON.stringify([actions, condition]);
    const known = byActions.get(key) ?? { condition, actions, resources: [] };
    byActions.set(key, known);
    known.resources.push(resource);
  }
  return {
    Version: '2012-10-17',
    Statement: [...byActions.values()].map(({ condition, actions, resources }) => ({
      Effect: 'Allow',
      Action: actions,
      Resource: resources.sort(),
      ...(condition && { Condition: condition }),
    })),
  };
}

type PolicyConditions = PolicyJson['Statement'][number]['Condition'];

/** Those of the statement that granted it; none where one granted it without. */
function conditionsIn(granting: readonly (readonly Condition[])[]): PolicyConditions {
  const [first = []] = granting;
  if (first.length === 0 || granting.some((conditions) => conditions.length === 0)) return undefined;
  const json: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, key, values } of first) json[operator] = { ...json[operator], [key]: values };
  return json;
}
