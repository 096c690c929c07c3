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
