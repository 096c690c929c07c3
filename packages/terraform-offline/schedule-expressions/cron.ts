/** The fields of a cron expression in AWS's form: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based */
interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** What stands for numbers, from `least` on. */
  readonly names?: readonly string[];
}

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

const FIELDS = {
  minutes: { name: 'minutes', least: 0, most: 59 },
  hours: { name: 'hours', least: 0, most: 23 },
  day: { name: 'day of month', least: 1, most: 31 },
  month: { name: 'month', least: 1, most: 12, names: MONTHS },
  weekday: { name: 'day of week', least: 1, most: 7, names: WEEKDAYS },
  year: { name: 'year', least: 1970, most: 2199 },
} satisfies Record<string, Field>;

export interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly years: readonly number[];
  /** Whether it is meant, of a year and a month from 1 on. */
  readonly isDay: (year: number, month: number, day: number) => boolean;
}

/**
 * @param text the six fields
 * @throws saying which is wrong
 */
export function parseCron(text: string): Cron {
  const fields = text.trim().split(/\s+/);
  const [minutes = '', hours = '', day = '', month = '', weekday = '', year = ''] = fields;
  if (fields.length !== 6) throw new Error(`expected six fields, received ${fields.length}`);
  if ((day === '?') === (weekday === '?')) {
    throw new Error('expected ? in one of day of month and day of week, and a value in the other');
  }
  return {
    minutes: numbers(minutes, FIELDS.minutes),
    hours: numbers(hours, FIELDS.hours),
    months: numbers(month, FIELDS.month),
    years: numbers(year, FIELDS.year),
    isDay: weekday === '?' ? dayOfMonth(day) : dayOfWeek(weekday),
  };
}

/** Lists, ranges and steps, in order. */
function numbers(text: string, field: Field): number[] {
  const { least, most } = field;
  const found = text.split(',').flatMap((part) => {
    const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
    const by = step === undefined ? 1 : Number(step);
    const [, first = '', last] = /^([^-]+)(?:-(.+))?$/.exec(range) ?? [];
    const from = first === '*' ? least : number(first, field);
    const upTo =
      last === undefined ? (first === '*' || step !== undefined ? most : from) : number(last, field);
    if (by === 0 || upTo < from) throw wrong(text, field);
    return Array.from({ length: Math.floor((upTo - from) / by) + 1 }, (_, i) => from + i * by);
  });
  return [...new Set(found)].sort((one, other) => one - other);
}

function number(text: string, field: Field): number {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  const value = named >= 0 ? named + field.least : /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= field.least && value <= field.most) return value;
  throw wrong(text, field);
}

function wrong(text: string, { name }: Field): Error {
  return new Error(`"${text}" is no ${name}`);
}

/** `L`: the last day. `15W`: the weekday next to the 15th, in the month. */
function dayOfMonth(text: string): Cron['isDay'] {
  if (text === 'L') return (year, month, day) => day === daysIn(year, month);
  const [, nearest] = /^(\d+)W$/.exec(text) ?? [];
  if (nearest !== undefined) {
    const wanted = number(nearest, FIELDS.day);
    return (year, month, day) => day === weekdayNear(year, month, Math.min(wanted, daysIn(year, month)));
  }
  const days = numbers(text, FIELDS.day);
  return (_year, _month, day) => days.includes(day);
}

/** `L`: Saturday. `6L`: the month's last Friday. `6#3`: its third. */
function dayOfWeek(text: string): Cron['isDay'] {
  const [, last] = /^(\w+)L$/.exec(text) ?? [];
  if (last !== undefined) {
    const wanted = number(last, FIELDS.weekday);
    return (year, month, day) => weekdayOf(year, month, day) === wanted && day + 7 > daysIn(year, month);
  }
  const [, nth, occurrence] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  if (nth !== undefined) {
    const wanted = number(nth, FIELDS.weekday);
    return (year, month, day) =>
      weekdayOf(year, month, day) === wanted && Math.ceil(day / 7) === Number(occurrence);
  }
  const days = text === 'L' ? [7] : numbers(text, FIELDS.weekday);
  return (year, month, day) => days.includes(weekdayOf(year, month, day));
}

export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** From 1, a Sunday. */
function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

function weekdayNear(year: number, month: number, day: number): number {
  const weekday = weekdayOf(year, month, day);
  if (weekday === 7) return day > 1 ? day - 1 : day + 2;
  if (weekday === 1) return day < daysIn(year, month) ? day + 1 : day - 2;
  return day;
}
