import { dueTimes } from '../../../../packages/terraform-offline/schedule-expressions/schedule-expression';

/** The first times after one, in UTC. */
function times(expression: string, count: number, { after = '2026-01-15T12:00:00Z', timeZone = 'UTC' } = {}) {
  const next = dueTimes({ expression, timeZone });
  const madeAt = Date.parse(after);
  const found: string[] = [];
  let at: number | undefined = madeAt;
  while (found.length < count) {
    at = next(at, madeAt);
    if (at === undefined) return found;
    found.push(new Date(at).toISOString().replace(':00.000Z', ''));
  }
  return found;
}

// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
it.each<[expression: string, times: string[]]>([
  ['rate(5 minutes)', ['2026-01-15T12:05', '2026-01-15T12:10']],
  ['rate(1 hour)', ['2026-01-15T13:00', '2026-01-15T14:00']],
  ['rate(7 days)', ['2026-01-22T12:00', '2026-01-29T12:00']],
  ['cron(0 10 * * ? *)', ['2026-01-16T10:00', '2026-01-17T10:00']],
  ['cron(15 12 * * ? *)', ['2026-01-15T12:15', '2026-01-16T12:15']],
  ['cron(0 18 ? * MON-FRI *)', ['2026-01-15T18:00', '2026-01-16T18:00', '2026-01-19T18:00']],
  ['cron(0 8 1 * ? *)', ['2026-02-01T08:00', '2026-03-01T08:00']],
  ['cron(0/15 * * * ? *)', ['2026-01-15T12:15', '2026-01-15T12:30']],
  ['cron(0/10 * ? * MON-FRI *)', ['2026-01-15T12:10']],
  ['cron(0/5 8-17 ? * MON-FRI *)', ['2026-01-15T12:05']],
  ['cron(0,30 0-2 ? * SAT,SUN *)', ['2026-01-17T00:00', '2026-01-17T00:30']],
  ['cron(0 9 L * ? *)', ['2026-01-31T09:00', '2026-02-28T09:00']],
  // The 15th of February 2026 is a Sunday, the 1st likewise.
  ['cron(0 9 15W 2 ? 2026)', ['2026-02-16T09:00']],
  ['cron(0 9 1W 2 ? 2026)', ['2026-02-02T09:00']],
  ['cron(0 9 ? * 6L *)', ['2026-01-30T09:00', '2026-02-27T09:00']],
  ['cron(0 9 ? * 3#2 *)', ['2026-02-10T09:00', '2026-03-10T09:00']],
  ['cron(0 9 ? * L *)', ['2026-01-17T09:00']],
  ['cron(0 0 29 FEB ? *)', ['2028-02-29T00:00', '2032-02-29T00:00']],
  ['cron(0 0 1 1 ? 2020)', []],
  ['cron(0 0 30 2 ? *)', []],
  ['at(2026-11-29T13:00:00)', ['2026-11-29T13:00']],
  ['at(2020-11-29T13:00:00)', []],
])('%s is due at %j', (expression, expected) => {
  expect(times(expression, Math.max(1, expected.length))).toEqual(expected);
});

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
describe('a time zone', () => {
  const berlin = (expression: string, count: number, after: string) =>
    times(expression, count, { after, timeZone: 'Europe/Berlin' });

  it('is the one of the clock that is meant', () => {
    expect(berlin('cron(0 9 * * ? *)', 2, '2026-03-28T00:00:00Z')).toEqual([
      '2026-03-28T08:00',
      '2026-03-29T07:00',
    ]);
    expect(berlin('at(2026-07-01T09:00:00)', 1, '2026-01-01T00:00:00Z')).toEqual(['2026-07-01T07:00']);
  });

  it('leaves out what falls into the hour that it leaves out', () => {
    expect(berlin('cron(30 2 * * ? *)', 2, '2026-03-28T12:00:00Z')).toEqual([
      '2026-03-30T00:30',
      '2026-03-31T00:30',
    ]);
  });

  it('is due once in the hour that comes twice', () => {
    expect(berlin('cron(30 2 * * ? *)', 2, '2026-10-24T12:00:00Z')).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });
});

it('is due between its start and its end alone', () => {
  const madeAt = Date.parse('2026-01-01T00:00:00Z');
  const next = dueTimes({
    expression: 'rate(1 day)',
    timeZone: 'UTC',
    startsAt: Date.parse('2026-02-01T06:00:00Z'),
    endsAt: Date.parse('2026-02-02T06:00:00Z'),
  });
  const first = next(madeAt, madeAt);
  expect(first).toBe(Date.parse('2026-02-01T06:00:00Z'));
  expect(next(first!, madeAt)).toBe(Date.parse('2026-02-02T06:00:00Z'));
  expect(next(Date.parse('2026-02-02T06:00:00Z'), madeAt)).toBeUndefined();
});

it.each([
  ['every day', 'expected rate(…), cron(…) or at(…), received every day'],
  ['rate(1 minutes)', 'expected a rate such as 1 hour or 5 minutes, received 1 minutes'],
  ['rate(0 minutes)', 'expected a rate'],
  ['rate(2 weeks)', 'expected a rate'],
  ['cron(0 12 * * *)', 'expected six fields, received 5'],
  ['cron(0 12 * * * *)', 'expected ? in one of day of month and day of week'],
  ['cron(0 12 ? * ? *)', 'expected ? in one of day of month and day of week'],
  ['cron(60 12 * * ? *)', '"60" is no minutes'],
  ['cron(0 12 ? * FUN *)', '"FUN" is no day of week'],
  ['cron(0/0 12 * * ? *)', '"0/0" is no minutes'],
  ['at(2026-02-30)', 'expected a time such as'],
])('%s is refused', (expression, message) => {
  expect(() => dueTimes({ expression, timeZone: 'UTC' })).toThrow(message);
});

it('refuses a time zone that there is not', () => {
  expect(() => dueTimes({ expression: 'rate(1 hour)', timeZone: 'Europe/Atlantis' })).toThrow(
    'there is no time zone Europe/Atlantis',
  );
});
