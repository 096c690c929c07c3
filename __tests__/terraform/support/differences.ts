import { changeOf } from '../../../tools/plan/change';
import type { PlanJson } from '../../../tools/plan/plan-json';

/** The changes of a plan as `action address`, updates with each of their attributes. */
export function differences({ resource_changes }: PlanJson): string[] {
  return resource_changes.flatMap((resource) => {
    const change = changeOf(resource);
    if (!change) return [];
    if (change.action !== 'update') return [`${change.action} ${change.address}`];
    return change.attributes.map((attribute) => `update ${change.address} ${attribute}`);
  });
}
