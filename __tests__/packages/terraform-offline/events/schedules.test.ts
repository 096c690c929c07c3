import { createSchedules } from '../../../../packages/terraform-offline/events/schedules';
import type { Invocation } from '../../../../packages/terraform-offline/lambda/invoker';
import type { Schedule } from '../../../../packages/terraform-offline/terraform/model/schedule';
import { manualClock } from '../../../support/clock';

const FUNCTION = 'arn:aws:lambda:eu-west-1:000000000000:function:report';
const RULE: Schedule = {
  address: 'test: aws_cloudwatch_event_rule.often',
  name: 'often',
  service: 'events',
  arn: 'arn:aws:events:eu-west-1:000000000000:rule/often',
  enabled: true,
  expression: 'rate(5 minutes)',
  timeZone: 'UTC',
  targets: [{ functionArn: FUNCTION }],
};

function start(schedules: readonly Schedule[]) {
  const clock = manualClock(Date.parse('2026-01-15T12:00:00Z'));
  const invocations: Invocation[] = [];
  const service = createSchedules({
    invokeAsync: (invocation) => {
      invocations.push(invocation);
      return undefined;
    },
    log: () => undefined,
    clock,
  });
  service.update(schedules);
  return {
    ...service,
    due: clock.due,
    events: () => invocations.map(({ payload }) => JSON.parse(payload) as Record<string, unknown>),
    pass: (minutes: number) => {
      clock.pass(minutes * 60_000);
    },
  };
}

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html
it('invokes a function when a rule is due, with the documented event', () => {
  const { events, pass } = start([RULE]);

  pass(4);
  expect(events()).toEqual([]);
  pass(7);

  expect(events()).toEqual(
    ['2026-01-15T12:05:00Z', '2026-01-15T12:10:00Z'].map((time) => ({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time,
      region: 'eu-west-1',
      resources: [RULE.arn],
      detail: {},
    })),
  );
});

it('hands over a constant input in its place', () => {
  const { events, pass } = start([{ ...RULE, targets: [{ functionArn: FUNCTION, input: '{"a":1}' }] }]);
  pass(5);
  expect(events()).toEqual([{ a: 1 }]);
});

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
it("fills a schedule's input with what is known of it", () => {
  const input = '{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}';
  const arn = 'arn:aws:scheduler:eu-west-1:000000000000:schedule/default/often';
  const targets = [{ functionArn: FUNCTION, input }];
  const { events, pass } = start([{ ...RULE, service: 'scheduler', arn, targets }]);
  pass(5);
  expect(events()).toEqual([{ at: '2026-01-15T12:05:00Z', by: arn }]);
});

it('fires nothing that is disabled, unless by hand', () => {
  const { events, fire, pass } = start([{ ...RULE, enabled: false }]);
  pass(60);
  expect(events()).toEqual([]);
  expect(fire('often')).toHaveLength(1);
  expect(events()).toHaveLength(1);
});

it.each(['often', 'test: aws_cloudwatch_event_rule.often', 'aws_cloudwatch_event_rule.often'])(
  'fires by hand what is called %s',
  (name) => {
    const { events, fire } = start([RULE]);
    expect(fire(name)).toEqual([RULE]);
    expect(events()).toHaveLength(1);
  },
);

it('fires nothing by a name that is of none, or of several', () => {
  const { events, fire } = start([RULE, { ...RULE, address: 'other: aws_cloudwatch_event_rule.often' }]);
  expect(fire('never')).toEqual([]);
  expect(fire('often')).toHaveLength(2);
  expect(events()).toEqual([]);
});

it('keeps the times of what stays, and forgets what goes', () => {
  const { events, update, pass, due } = start([RULE, { ...RULE, address: 'test: b', name: 'b' }]);
  pass(3);
  update([{ ...RULE }]);
  pass(2);
  expect(events()).toHaveLength(1);
  update([]);
  expect(due()).toEqual([]);
});
