import type { RestApi, RestMethod } from '../../terraform/model/rest-api';
import type { ApiKey, Quota, UsagePlan } from '../../terraform/model/throttling';
import { tokenBucket } from '../throttle';

/** An API key with the plan that lets its holder call a stage. */
export interface KeyInPlan {
  readonly key: ApiKey;
  readonly plan: UsagePlan;
}

/**
 * The key of that value, if it is enabled and in a plan of the API's stage.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export function keyInPlan({ usagePlans = [] }: RestApi, value: string | undefined): KeyInPlan | undefined {
  for (const plan of usagePlans) {
    const key = plan.keys.find((candidate) => candidate.enabled && candidate.value === value);
    if (key) return { key, plan };
  }
  return undefined;
}

/**
 * Counts what the holders of keys have used of their plans, over all stages in a plan, since the server was started.
 * @param now milliseconds since 1970
 */
export function usageOf(now: () => number) {
  const buckets = new Map<string, () => boolean>();
  const first = new Map<string, number>();
  const used = new Map<string, { period: number; requests: number }>();

  /** What keeps the holder of a key from another request; undefined when it was let through, and counted. */
  return (
    { key, plan }: KeyInPlan,
    { id, stageName }: RestApi,
    { httpMethod, path }: RestMethod,
  ): 'over-quota' | 'throttled' | undefined => {
    const holder = `${plan.id} ${key.id}`;
    const { quota } = plan;
    const period = quota ? periodOf(quota, now()) : 0;
    const known = used.get(holder);
    const requests = known?.period === period ? known.requests : 0;
    if (quota) {
      const isFirst = (first.get(holder) ?? period) === period;
      if (requests >= quota.limit - (isFirst ? quota.offset : 0)) return 'over-quota';
    }
    const own = plan.methodThrottling[`${path}/${httpMethod}`];
    const throttling = own ?? plan.throttling;
    if (throttling) {
      const name = own ? `${holder} ${id}/${stageName}${path}/${httpMethod}` : holder;
      const admit = buckets.get(name) ?? tokenBucket(throttling, now);
      buckets.set(name, admit);
      if (!admit()) return 'throttled';
    }
    if (!first.has(holder)) first.set(holder, period);
    used.set(holder, { period, requests: requests + 1 });
    return undefined;
  };
}

export type Use = ReturnType<typeof usageOf>;

const DAY_MS = 24 * 60 * 60 * 1000;
/** 1970 began on a Thursday, and weeks begin on Sundays. */
const DAYS_BEFORE_THURSDAY = 4;

/** Days, weeks or months since 1970, in UTC. */
function periodOf({ period }: Quota, now: number): number {
  const days = Math.floor(now / DAY_MS);
  const date = new Date(now);
  switch (period) {
    case 'DAY':
      return days;
    case 'WEEK':
      return Math.floor((days + DAYS_BEFORE_THURSDAY) / 7);
    case 'MONTH':
      return date.getUTCFullYear() * 12 + date.getUTCMonth();
  }
}
