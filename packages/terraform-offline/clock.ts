/** Time, as what waits takes it. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls back after so many milliseconds. Returns what calls it off; does not keep the process running. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
}

/** What a timer of Node's can wait for at most. */
const LONGEST_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    let timer: NodeJS.Timeout;
    const wait = (left: number) => {
      const turn = Math.min(left, LONGEST_MS);
      timer = setTimeout(() => {
        if (left > turn) wait(left - turn);
        else callback();
      }, turn).unref();
    };
    wait(Math.max(0, milliseconds));
    return () => {
      clearTimeout(timer);
    };
  },
};
