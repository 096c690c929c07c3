/** How often to look, in milliseconds. */
const INTERVAL_MS = 200;

/**
 * Calls back once npm is gone, when this is one of its scripts. npm passes a SIGTERM on to the shell that it runs
 * scripts in; most shells end by it and leave what they run behind.
 */
export function whenNpmEnds(callback: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, INTERVAL_MS).unref();
}
