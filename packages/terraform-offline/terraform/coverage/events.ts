import { type Coverage, notServed, withoutEffect } from './coverage';

const NO_EVENTS = 'no event of it reaches a function';

/** Amazon EventBridge: rules, and schedules. */
export const events: Coverage = {
  aws_cloudwatch_event_api_destination: notServed(NO_EVENTS),
  aws_cloudwatch_event_archive: withoutEffect,
  aws_cloudwatch_event_bus: notServed(NO_EVENTS),
  aws_cloudwatch_event_bus_policy: withoutEffect,
  aws_cloudwatch_event_connection: withoutEffect,
  aws_cloudwatch_event_endpoint: withoutEffect,
  aws_cloudwatch_event_permission: withoutEffect,
  aws_cloudwatch_event_rule: notServed(NO_EVENTS),
  aws_cloudwatch_event_target: notServed(NO_EVENTS),
  aws_scheduler_schedule: notServed(NO_EVENTS),
  aws_scheduler_schedule_group: withoutEffect,
};
