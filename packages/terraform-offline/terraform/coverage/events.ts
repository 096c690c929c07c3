import { type Coverage, notServed, refused, served, withoutEffect } from './coverage';

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
  aws_cloudwatch_event_rule: {
    description: withoutEffect,
    // A schedule is on the default one alone.
    event_bus_name: withoutEffect,
    event_pattern: notServed('no event of a service, or of an application, matches it here'),
    force_destroy: withoutEffect,
    is_enabled: served,
    name: served,
    name_prefix: served,
    role_arn: withoutEffect,
    schedule_expression: served,
    state: served,
  },
  aws_cloudwatch_event_target: {
    appsync_target: withoutEffect,
    arn: served,
    batch_target: withoutEffect,
    // Whatever keeps a function from being invoked is in the log.
    dead_letter_config: withoutEffect,
    ecs_target: withoutEffect,
    event_bus_name: withoutEffect,
    force_destroy: withoutEffect,
    http_target: withoutEffect,
    input: served,
    input_path: refused('only a constant input is served'),
    input_transformer: refused('only a constant input is served'),
    kinesis_target: withoutEffect,
    redshift_target: withoutEffect,
    // An invocation is handed over here at once, and Lambda's own retries follow.
    retry_policy: withoutEffect,
    role_arn: withoutEffect,
    rule: served,
    run_command_targets: withoutEffect,
    sagemaker_pipeline_target: withoutEffect,
    sqs_target: withoutEffect,
    target_id: withoutEffect,
  },
  aws_scheduler_schedule: {
    action_after_completion: withoutEffect,
    description: withoutEffect,
    end_date: served,
    // At its beginning, which is within it.
    flexible_time_window: served,
    group_name: served,
    kms_key_arn: withoutEffect,
    name: served,
    name_prefix: served,
    schedule_expression: served,
    schedule_expression_timezone: served,
    start_date: served,
    state: served,
    target: {
      arn: served,
      dead_letter_config: withoutEffect,
      ecs_parameters: withoutEffect,
      eventbridge_parameters: withoutEffect,
      input: served,
      kinesis_parameters: withoutEffect,
      retry_policy: withoutEffect,
      role_arn: served,
      sagemaker_pipeline_parameters: withoutEffect,
      sqs_parameters: withoutEffect,
    },
  },
  aws_scheduler_schedule_group: withoutEffect,
};
