const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Common Log Format in UTC: `12/Mar/2020:19:03:58 +0000`. */
export function requestTime(date: Date): string {
  const [, day, time] = /-(\d\d)T(.{8})/.exec(date.toISOString())!;
  return `${day}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${time} +0000`;
}
