import { type Load, requestsPerSecond } from './load';

/** A rate counts as higher than another from here on: less is noise. */
const HIGHER = 1.02;
/** How long there has been no higher rate when a server counts as warm: several isolates pause on their way up. */
const STEADY_SECONDS = 10;
const LIMIT_SECONDS = 60;

/** Keeps a server busy until it gets no faster: V8 has compiled what is hot, in every thread that takes part. */
export async function warmUp(load: Load): Promise<void> {
  let highest = 0;
  let steadySeconds = 0;
  for (let seconds = 0; seconds < LIMIT_SECONDS && steadySeconds < STEADY_SECONDS; seconds++) {
    const rate = await requestsPerSecond(load, 1);
    steadySeconds = rate > highest * HIGHER ? 0 : steadySeconds + 1;
    highest = Math.max(highest, rate);
  }
}
