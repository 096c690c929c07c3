import { isDeepStrictEqual } from 'node:util';
import { changeOf } from '../../../tools/plan/change';
import type { PlanJson, Values } from '../../../tools/plan/plan-json';

interface Gap {
  readonly type: string;
  readonly attribute: string;
  readonly reason: string;
  /** What Terraform takes it for now, and what it would set: any other difference is a difference. */
  readonly before: unknown;
  readonly after: (values: Values) => unknown;
}

/** What moto does not give back as it was given, so that Terraform wants to set it again at every plan. */
const GAPS: readonly Gap[] = [
  {
    type: 'aws_lambda_function',
    attribute: 'logging_config',
    reason: 'GetFunction answers without LoggingConfig',
    before: [],
    after: ({ function_name }) => [
      {
        log_format: 'JSON',
        log_group: `/aws/lambda/${String(function_name)}`,
        application_log_level: null,
        system_log_level: null,
      },
    ],
  },
];

/** The changes of a plan as `action address attribute`, without those that only a gap in moto calls for. */
export function changesBeyondMoto({ resource_changes }: PlanJson): string[] {
  return resource_changes.flatMap((resource) => {
    const change = changeOf(resource);
    if (!change) return [];
    if (change.action !== 'update') return [`${change.action} ${change.address}`];
    const { before, after } = resource.change;
    return change.attributes
      .filter((attribute) => !isGap(change.type, attribute, before ?? {}, after ?? {}))
      .map((attribute) => `update ${change.address} ${attribute}`);
  });
}

function isGap(type: string, attribute: string, before: Values, after: Values): boolean {
  return GAPS.some(
    (gap) =>
      gap.type === type &&
      gap.attribute === attribute &&
      isDeepStrictEqual(before[attribute], gap.before) &&
      isDeepStrictEqual(after[attribute], gap.after(after)),
  );
}
