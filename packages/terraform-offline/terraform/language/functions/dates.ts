import { fn, type Functions } from './signature';

export const dates: Functions = {
  formatdate: fn(['text', 'text'], ([spec, time]) => formatDate(spec, parseTime(time))),
  plantimestamp: fn([], (_, { now }) => formatTime({ milliseconds: now.getTime(), offsetMinutes: 0 })),
  timeadd: fn(['text', 'text'], ([time, duration]) => {
    const { milliseconds, offsetMinutes } = parseTime(time);
    return formatTime({ milliseconds: milliseconds + parseDuration(duration), offsetMinutes });
  }),
  timecmp: fn(['text', 'text'], ([a, b]) => Math.sign(parseTime(a).milliseconds - parseTime(b).milliseconds)),
  timestamp: fn([], (_, { now }) => formatTime({ milliseconds: now.getTime(), offsetMinutes: 0 })),
};

/** A time, and the zone in which it is told. */
interface Time {
  readonly milliseconds: number;
  readonly offsetMinutes: number;
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

function parseTime(text: string): Time {
  const [whole, sign, hours = '0', minutes = '0'] = RFC3339.exec(text) ?? [];
  const milliseconds = Date.parse(text);
  if (whole === undefined || Number.isNaN(milliseconds)) {
    throw new Error(`${JSON.stringify(text)} is no time such as 2017-11-22T00:00:00Z`);
  }
  const offset = Number(hours) * 60 + Number(minutes);
  return { milliseconds, offsetMinutes: sign === '-' ? -offset : offset };
}

/** The moment's parts in its own zone, read with the UTC methods. */
function local({ milliseconds, offsetMinutes }: Time): Date {
  return new Date(milliseconds + offsetMinutes * 60_000);
}

function formatTime(time: Time): string {
  return local(time)
    .toISOString()
    .replace(/\.\d{3}Z$/, zone(time, ':', 'Z'));
}

function zone({ offsetMinutes }: Time, separator: string, utc: string): string {
  if (offsetMinutes === 0) return utc;
  const minutes = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${separator}${two(minutes % 60)}`;
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Go's: `1h30m`, `-10m`, `1.5h`. */
function parseDuration(text: string): number {
  if (!/^[+-]?(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+$/.test(text)) {
    throw new Error(`${JSON.stringify(text)} is no duration such as 1h30m`);
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)];
  const length = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0), 0);
  return text.startsWith('-') ? -length : length;
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** https://developer.hashicorp.com/terraform/language/functions/formatdate */
const TOKENS: Readonly<Record<string, (date: Date, time: Time) => string>> = {
  YYYY: (date) => String(date.getUTCFullYear()).padStart(4, '0'),
  YY: (date) => two(date.getUTCFullYear() % 100),
  MMMM: (date) => MONTHS[date.getUTCMonth()] ?? '',
  MMM: (date) => MONTHS[date.getUTCMonth()]?.slice(0, 3) ?? '',
  MM: (date) => two(date.getUTCMonth() + 1),
  M: (date) => String(date.getUTCMonth() + 1),
  DD: (date) => two(date.getUTCDate()),
  D: (date) => String(date.getUTCDate()),
  EEEE: (date) => DAYS[date.getUTCDay()] ?? '',
  EEE: (date) => DAYS[date.getUTCDay()]?.slice(0, 3) ?? '',
  HH: (date) => two(twelve(date)),
  H: (date) => String(twelve(date)),
  hh: (date) => two(date.getUTCHours()),
  h: (date) => String(date.getUTCHours()),
  AA: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  aa: (date) => (date.getUTCHours() < 12 ? 'am' : 'pm'),
  mm: (date) => two(date.getUTCMinutes()),
  m: (date) => String(date.getUTCMinutes()),
  ss: (date) => two(date.getUTCSeconds()),
  s: (date) => String(date.getUTCSeconds()),
  ZZZZZ: (_, time) => zone(time, ':', '+00:00'),
  ZZZZ: (_, time) => zone(time, '', '+0000'),
  ZZZ: (_, time) => zone(time, '', 'UTC'),
  Z: (_, time) => zone(time, ':', 'Z'),
};

function formatDate(spec: string, time: Time): string {
  const date = local(time);
  return spec.replace(/'((?:[^']|'')*)'|([a-zA-Z])\2*/g, (run: string, quoted?: string) => {
    if (quoted !== undefined) return quoted.replaceAll("''", "'");
    const token = TOKENS[run];
    if (!token) throw new Error(`${run} stands for no part of a time; write '${run}' for the text itself`);
    return token(date, time);
  });
}

function twelve(date: Date): number {
  return date.getUTCHours() % 12 || 12;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
