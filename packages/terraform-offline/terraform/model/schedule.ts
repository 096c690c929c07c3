import type { Role } from '../../iam/role';
import type { ScheduleTiming } from '../../schedule-expressions/schedule-expression';

/** A rule of EventBridge with a schedule, or a schedule of its Scheduler. */
export interface Schedule extends ScheduleTiming {
  /** `jobs: aws_cloudwatch_event_rule.nightly` */
  readonly address: string;
  readonly name: string;
  readonly service: 'events' | 'scheduler';
  readonly arn: string;
  readonly enabled: boolean;
  readonly targets: readonly ScheduleTarget[];
}

export interface ScheduleTarget {
  /** May end in an alias or a version. */
  readonly functionArn: string;
  /** JSON text. Default: the event that AWS makes. */
  readonly input?: string;
  /** As which it is invoked. Default: as the rule. */
  readonly role?: Role;
}
