import { accountsOf } from './iam/accounts';
import type { PlanJson, ResourceChange } from './plan-json';

/** A plan with what rules look up in it, so that a long one is reviewed in a time that grows as it does. */
export interface Plan extends PlanJson {
  /** Those it works in; empty when nothing tells. */
  readonly accounts: ReadonlySet<string>;
  /** Resources by the `id` they have before or after. */
  readonly byId: ReadonlyMap<unknown, readonly ResourceChange[]>;
  /** Resources by their `arn`. */
  readonly byArn: ReadonlyMap<unknown, readonly ResourceChange[]>;
  /** Resources by their address, whole and as a reference has it: all of a `count` by one. */
  readonly byAddress: ReadonlyMap<string, readonly ResourceChange[]>;
}

export function withLookups(plan: PlanJson): Plan {
  const { resource_changes: resources } = plan;
  return {
    ...plan,
    accounts: accountsOf(plan),
    byId: groupedBy(resources, ({ change }) => [change.before?.id, change.after?.id]),
    byArn: groupedBy(resources, ({ change }) => [change.before?.arn, change.after?.arn]),
    byAddress: groupedBy(resources, ({ address }) => [address, withoutLastKey(address)]),
  };
}

/** Groups by each of their keys; what has none is in no group. */
export function groupedBy<Key, Value>(
  values: readonly Value[],
  keysOf: (value: Value) => readonly Key[],
): ReadonlyMap<Key, readonly Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    for (const key of new Set(keysOf(value))) {
      const group = groups.get(key);
      if (group) group.push(value);
      else if (key !== undefined) groups.set(key, [value]);
    }
  }
  return groups;
}

function withoutLastKey(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]$/, '');
}
