import type { Clock } from '../../packages/terraform-offline/clock';

/** A clock that is there at once whatever one waits for, and what was waited for, in milliseconds. */
export function hastyClock(start = Date.UTC(2026, 0, 15, 12)): Clock & { readonly waits: readonly number[] } {
  const waits: number[] = [];
  let now = start;
  return {
    waits,
    now: () => now,
    after(milliseconds, callback) {
      waits.push(milliseconds);
      const timer = setImmediate(() => {
        now += milliseconds;
        callback();
      });
      return () => {
        clearImmediate(timer);
      };
    },
  };
}

/** A clock that stands until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves it on, and calls back whatever becomes due, in order. */
  readonly pass: (milliseconds: number) => void;
  /** What waits for a time, in milliseconds since 1970. */
  readonly due: () => readonly number[];
}

export function manualClock(start = Date.UTC(2026, 0, 15, 12)): ManualClock {
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  let now = start;
  return {
    now: () => now,
    after(milliseconds, callback) {
      const timer = { at: now + milliseconds, callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    pass(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
        if (!next) break;
        now = next.at;
        timers.delete(next);
        next.callback();
      }
      now = end;
    },
    due: () => [...timers].map(({ at }) => at),
  };
}
