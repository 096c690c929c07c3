import { ACCOUNT } from '../../iam/arn';
import type { ComputedAttributes } from './computed-attributes';
import type { Resource } from '../language/configuration/resource';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoneventbridge.html */
export const events: ComputedAttributes = {
  aws_cloudwatch_event_rule: {
    name: madeUpName,
    arn: (rule) => `arn:aws:events:${rule.region}:${ACCOUNT}:rule/${busOf(rule)}${rule.text('name')}`,
    id: (rule) => rule.text('name'),
  },
  aws_scheduler_schedule: {
    name: madeUpName,
    arn: (schedule) =>
      `arn:aws:scheduler:${schedule.region}:${ACCOUNT}:schedule/${groupOf(schedule)}/${schedule.text('name')}`,
    id: (schedule) => `${groupOf(schedule)}/${schedule.text('name')}`,
  },
};

function madeUpName(resource: Resource): string {
  return `${resource.text('name_prefix', 'terraform-')}${resource.uniqueId(26)}`;
}

function groupOf(schedule: Resource): string {
  return schedule.text('group_name', 'default');
}

/** Of a bus that is not the default one. */
function busOf(rule: Resource): string {
  const bus = rule.text('event_bus_name', 'default').split('/').at(-1) ?? 'default';
  return bus === 'default' ? '' : `${bus}/`;
}
