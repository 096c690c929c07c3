import { type Cron, daysIn, parseCron } from './cron';
import { type TimeZone, timeZone } from './time-zone';

export interface ScheduleTiming {
  /** `rate(5 minutes)`, `cron(0 12 * * ? *)`, `at(2026-11-29T13:00:00)` */
  readonly expression: string;
  /** Of `cron` and `at`. */
  readonly timeZone: string;
  /** Milliseconds since 1970. Default: there is no limit. */
  readonly startsAt?: number | undefined;
  readonly endsAt?: number | undefined;
}

const UNITS_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * When a schedule is due.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @returns gives the first time after another, both in milliseconds since 1970, of a schedule that was made at `madeAt`;
 *   undefined when there is none
 * @throws when AWS would not take the expression, saying why
 */
export function dueTimes({
  expression,
  timeZone: zone,
  startsAt = -Infinity,
  endsAt = Infinity,
}: ScheduleTiming): (after: number, madeAt: number) => number | undefined {
  const due = parse(expression, timeZone(zone), startsAt);
  return (after, madeAt) => {
    const next = due(Math.max(after, startsAt - 1), madeAt);
    return next !== undefined && next <= endsAt ? next : undefined;
  };
}

function parse(
  expression: string,
  zone: TimeZone,
  startsAt: number,
): (after: number, madeAt: number) => number | undefined {
  const [, kind, argument = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  switch (kind) {
    case 'rate': {
      const period = periodOf(argument);
      return (after, madeAt) => {
        // A start date is itself the first time.
        const first = startsAt === -Infinity ? madeAt + period : startsAt;
        return first + Math.max(0, Math.floor((after - first) / period) + 1) * period;
      };
    }
    case 'cron': {
      const cron = parseCron(argument);
      return (after) => nextOf(cron, zone, after);
    }
    case 'at': {
      const instant = instantOf(argument, zone);
      return (after) => (instant > after ? instant : undefined);
    }
    case undefined:
    default:
      throw new Error(`expected rate(…), cron(…) or at(…), received ${expression}`);
  }
}

function periodOf(text: string): number {
  const [, value = '', unit = '', plural] = /^(\d+) (minute|hour|day)(s)?$/.exec(text) ?? [];
  const count = Number(value);
  if (count > 0 && (count === 1) === (plural === undefined)) return count * (UNITS_MS[unit] ?? 0);
  throw new Error(`expected a rate such as 1 hour or 5 minutes, received ${text}`);
}

function instantOf(text: string, zone: TimeZone): number {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(text)?.slice(1).map(Number);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts ?? [];
  const instant = parts && zone.instant({ year, month, day, hour, minute, second });
  if (instant !== undefined) return instant;
  throw new Error(`expected a time such as 2026-11-29T13:00:00, received ${text}`);
}

/** What falls into the hour that the clocks leave out is left out. */
function nextOf(cron: Cron, zone: TimeZone, after: number): number | undefined {
  const from = zone.wallTime(after);
  for (const year of cron.years.filter((one) => one >= from.year)) {
    for (const month of cron.months) {
      if (year === from.year && month < from.month) continue;
      const first = year === from.year && month === from.month ? from.day : 1;
      for (let day = first; day <= daysIn(year, month); day += 1) {
        if (!cron.isDay(year, month, day)) continue;
        for (const hour of cron.hours) {
          for (const minute of cron.minutes) {
            const instant = zone.instant({ year, month, day, hour, minute, second: 0 });
            if (instant !== undefined && instant > after) return instant;
          }
        }
      }
    }
  }
  return undefined;
}
