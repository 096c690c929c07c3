import { changeOf } from '../../../tools/plan/change';
import type { PlanJson } from '../../../tools/plan/plan-json';

interface Gap {
  readonly type: string;
  readonly attribute: string;
  readonly reason: string;
}

/** What moto does not give back as it was given, so that Terraform wants to set it again at every plan. */
const GAPS: readonly Gap[] = [
  {
    type: 'aws_lambda_function',
    attribute: 'logging_config',
    reason: 'GetFunction answers without LoggingConfig',
  },
];

/** The changes of a plan as `action address attribute`, without those that only a gap in moto calls for. */
export function changesBeyondMoto({ resource_changes }: PlanJson): string[] {
  return resource_changes.flatMap((resource) => {
    const change = changeOf(resource);
    if (!change) return [];
    if (change.action !== 'update') return [`${change.action} ${change.address}`];
    return change.attributes
      .filter((attribute) => !GAPS.some((gap) => gap.type === change.type && gap.attribute === attribute))
      .map((attribute) => `update ${change.address} ${attribute}`);
  });
}
