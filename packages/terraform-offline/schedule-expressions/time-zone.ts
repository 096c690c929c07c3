/** A wall-clock time; months from 1 on. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Longer than any clock is put forward or back. */
const A_DAY_MS = 24 * 60 * 60 * 1000;

/** The clocks of a time zone. */
export interface TimeZone {
  readonly wallTime: (milliseconds: number) => WallTime;
  /**
   * When the clocks show that time, in milliseconds since 1970: the first time when they do so twice; undefined when
   * they never do. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
   */
  readonly instant: (wall: WallTime) => number | undefined;
}

/** @throws when there is no time zone of that name, such as `Europe/Berlin` */
export function timeZone(name: string): TimeZone {
  const format = formatOf(name);
  const wallTime = (milliseconds: number): WallTime => {
    const parts = Object.fromEntries(
      format.formatToParts(milliseconds).map(({ type, value }) => [type, value]),
    );
    const { year, month, day, hour, minute, second } = parts;
    return {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
    };
  };
  return {
    wallTime,
    instant(wall) {
      const wanted = asUtc(wall);
      const offsets = [wanted - A_DAY_MS, wanted + A_DAY_MS].map((near) => asUtc(wallTime(near)) - near);
      const instants = offsets
        .map((offset) => wanted - offset)
        .filter((instant) => asUtc(wallTime(instant)) === wanted);
      return instants.length === 0 ? undefined : Math.min(...instants);
    },
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (error) {
    throw new Error(`there is no time zone ${timeZone}`, { cause: error });
  }
}

function asUtc({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
