import { randomUUID } from 'node:crypto';
import { parseArn } from '../iam/arn';
import type { Schedule, ScheduleTarget } from '../terraform/model/schedule';

/**
 * What a target is invoked with, as JSON text: its input, or the event that AWS makes.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 * @param time when it was due, in milliseconds since 1970
 */
export function scheduledEvent(
  { arn, service }: Pick<Schedule, 'arn' | 'service'>,
  { input }: ScheduleTarget,
  time: number,
): string {
  const { region, account } = parseArn(arn);
  const at = new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
  if (input !== undefined) {
    return service === 'events'
      ? input
      : input
          .replaceAll('<aws.scheduler.schedule-arn>', arn)
          .replaceAll('<aws.scheduler.scheduled-time>', at)
          .replaceAll('<aws.scheduler.execution-id>', randomUUID())
          .replaceAll('<aws.scheduler.attempt-number>', '1');
  }
  return JSON.stringify({
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: `aws.${service}`,
    account,
    time: at,
    region,
    resources: [arn],
    detail: service === 'events' ? {} : '{}',
  });
}
