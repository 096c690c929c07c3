import { type Load, requestsPerSecond } from './load';

/** A rate counts as higher than another from here on: less is noise. */
const HIGHER = 1.02;
/** How long there has been no higher rate when a server counts as warm: several isolates pause on their way up. */
const STEADY_SECONDS = 10;
const LIMIT_SECONDS = 45;

/**
 * Keeps servers busy until none gets faster: V8 has compiled what is hot, in every thread and process that takes part. In
 * turn, since what is idle for long gives up what it has: the local cloud its environments.
 */
export async function warmUp(loads: readonly Load[]): Promise<void> {
  const highest = new Map<Load, number>();
  let steadySeconds = 0;
  for (let seconds = 0; seconds < LIMIT_SECONDS && steadySeconds < STEADY_SECONDS; seconds++) {
    steadySeconds += 1;
    for (const load of loads) {
      const rate = await requestsPerSecond(load, 1);
      const before = highest.get(load) ?? 0;
      if (rate > before * HIGHER) steadySeconds = 0;
      highest.set(load, Math.max(before, rate));
    }
  }
}
