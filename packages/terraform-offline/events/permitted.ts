import { allowsInvocation } from '../api-gateway/invocation';
import type { AccessAnalyzer } from '../iam/access-analyzer';
import { byEveryArn } from '../lambda/version';
import type { Schedule } from '../terraform/model/schedule';
import type { Model, Stack } from '../terraform/model/stack';
import type { Unserved } from '../terraform/model/unserved';

/**
 * Takes out the rules and schedules that may not invoke their functions, and says why: a rule needs the permission of the
 * function, a schedule that of its role.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-lambda-permissions
 * @param analyzer decides what roles may; undefined: they may do everything
 */
export function permittedSchedules({ stacks, ...model }: Model, analyzer: AccessAnalyzer | undefined): Model {
  return {
    ...model,
    stacks: stacks.map((stack) => {
      const { schedules = [] } = stack;
      const refused = schedules.flatMap((schedule): Unserved[] => {
        const reason = refusal(schedule, stacks, analyzer);
        const { address } = schedule;
        return reason === undefined
          ? []
          : [{ address, reason: `${address}: ${reason}`, effect: 'it invokes nothing' }];
      });
      const permitted = schedules.filter(({ address }) => !refused.some((one) => one.address === address));
      return { ...stack, schedules: permitted, unserved: [...stack.unserved, ...refused] };
    }),
  };
}

function refusal(
  { service, arn, targets }: Schedule,
  stacks: readonly Stack[],
  analyzer: AccessAnalyzer | undefined,
): string | undefined {
  const functions = stacks.flatMap((stack) => stack.functions).flatMap(byEveryArn);
  for (const { functionArn, role } of targets) {
    const fn = functions.find((one) => one.arn === functionArn);
    if (!fn) return `no stack has the function ${functionArn}, or it is not served`;
    if (service === 'events' && !allowsInvocation(fn, arn, 'events.amazonaws.com')) {
      return `${fn.name} has no aws_lambda_permission for events.amazonaws.com with a source_arn that covers ${arn}`;
    }
    const denied = role && analyzer?.denial(role, 'lambda:InvokeFunction', functionArn)?.log;
    if (denied !== undefined) return denied;
  }
  return undefined;
}
