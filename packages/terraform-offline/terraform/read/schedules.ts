import { inLocalAccount } from '../../iam/arn';
import { messageOf } from '../../message-of';
import { dueTimes, type ScheduleTiming } from '../../schedule-expressions/schedule-expression';
import { refuseGaps } from '../coverage/gaps';
import type { Block } from '../language/configuration/block';
import type { Resource } from '../language/configuration/resource';
import type { Schedule, ScheduleTarget } from '../model/schedule';
import type { Attempts } from './attempts';
import { readRole } from './roles';

const EFFECT = 'it invokes nothing';

/** EventBridge's rules with a schedule, and the schedules of its Scheduler, that invoke functions. */
export function readSchedules(attempts: Attempts): Schedule[] {
  const read = (type: string, one: (resource: Resource) => Schedule | undefined) =>
    attempts.configuration.all(type).flatMap((resource) => {
      const tried = attempts.attempt({ address: resource.where, effect: EFFECT }, () => one(resource));
      return tried.unserved || !tried.value ? [] : [tried.value];
    });
  return [
    ...read('aws_cloudwatch_event_rule', (rule) => readRule(attempts, rule)),
    ...read('aws_scheduler_schedule', (schedule) => readSchedule(attempts, schedule)),
  ];
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_event_rule */
function readRule(attempts: Attempts, rule: Resource): Schedule | undefined {
  refuseGaps(rule);
  const expression = rule.optionalText('schedule_expression') ?? '';
  if (expression === '') return undefined;
  if (expression.startsWith('at(')) {
    throw new Error(
      `${rule.where}.schedule_expression: rules take rate(…) and cron(…), received ${expression}`,
    );
  }
  const names = [rule.text('name'), rule.text('arn')];
  const targets = attempts
    .belonging('aws_cloudwatch_event_target', 'the rule does not invoke it', (target) =>
      names.includes(target.text('rule')),
    )
    .flatMap((target): ScheduleTarget[] => {
      const part = { address: target.where, effect: 'the rule does not invoke it' };
      const tried = attempts.attempt(part, () => {
        refuseGaps(target);
        return readTarget(target);
      });
      return tried.unserved ? [] : [tried.value];
    });
  const state = rule.optionalText('state');
  const isEnabled = rule.value('is_enabled') === undefined || rule.flag('is_enabled');
  return {
    address: rule.where,
    name: rule.text('name'),
    service: 'events',
    arn: rule.text('arn'),
    enabled: state === undefined ? isEnabled : state !== 'DISABLED',
    ...timing(rule, { expression, timeZone: 'UTC' }),
    targets,
  };
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/scheduler_schedule */
function readSchedule(attempts: Attempts, schedule: Resource): Schedule {
  refuseGaps(schedule);
  const [target] = schedule.blocks('target');
  if (!target) throw new Error(`${schedule.where}.target is missing`);
  const arn = schedule.text('arn');
  const role =
    attempts.iam &&
    readRole(attempts, target.text('role_arn'), {
      arn,
      where: `${target.where}.role_arn`,
      service: 'scheduler.amazonaws.com',
      refusal: 'The execution role you provide must allow AWS EventBridge Scheduler to assume the role',
    });
  return {
    address: schedule.where,
    name: schedule.text('name'),
    service: 'scheduler',
    arn,
    enabled: schedule.text('state', 'ENABLED') === 'ENABLED',
    ...timing(schedule, {
      expression: schedule.text('schedule_expression'),
      timeZone: schedule.text('schedule_expression_timezone', 'UTC'),
      startsAt: date(schedule, 'start_date'),
      endsAt: date(schedule, 'end_date'),
    }),
    targets: [{ ...readTarget(target), ...(role && { role }) }],
  };
}

/** @throws when AWS would not take it */
function timing(resource: Resource, given: ScheduleTiming): ScheduleTiming {
  try {
    dueTimes(given);
  } catch (error) {
    throw new Error(
      `${resource.where}.schedule_expression: Parameter ScheduleExpression is not valid: ${messageOf(error)}`,
      { cause: error },
    );
  }
  return given;
}

function date(schedule: Resource, attribute: string): number | undefined {
  const text = schedule.optionalText(attribute);
  const milliseconds = text === undefined ? undefined : Date.parse(text);
  if (milliseconds === undefined || !Number.isNaN(milliseconds)) return milliseconds;
  throw new Error(
    `${schedule.where}.${attribute}: expected a date such as 2030-01-01T01:00:00Z, received ${text}`,
  );
}

function readTarget(target: Block): ScheduleTarget {
  const functionArn = inLocalAccount(target.text('arn'));
  if (!/^arn:[^:]+:lambda:[^:]*:\d+:function:/.test(functionArn)) {
    throw new Error(`${target.where}.arn: ${functionArn} is not served locally: functions are`);
  }
  const input = target.optionalText('input');
  // For what it says where it is no JSON.
  if (input !== undefined) target.json('input');
  return { functionArn, ...(input !== undefined && { input }) };
}
