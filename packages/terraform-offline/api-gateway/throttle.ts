import type { Throttling } from '../terraform/model/throttling';

/** Whether a request for a route is within its limits, or those of the stage. */
export function throttle<Route extends { readonly throttling?: Throttling | undefined }>(
  stage: Throttling | undefined,
  routes: readonly Route[],
  { enforceThrottling }: { readonly enforceThrottling?: boolean },
): (route: Route) => boolean {
  if (!enforceThrottling) return () => true;
  const ofStage = stage ? tokenBucket(stage) : () => true;
  const own = new Map(
    routes.flatMap((route) => (route.throttling ? [[route, tokenBucket(route.throttling)] as const] : [])),
  );
  return (route) => (own.get(route) ?? ofStage)();
}

/**
 * A token bucket as API Gateway describes its throttling: `burstLimit` requests at once, refilled at `rateLimit` a second.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 * @param now milliseconds since 1970
 */
export function tokenBucket(
  { rateLimit, burstLimit }: Throttling,
  now: () => number = Date.now,
): () => boolean {
  let tokens = burstLimit;
  let refilledAt = now();
  return () => {
    const time = now();
    tokens = Math.min(burstLimit, tokens + ((time - refilledAt) / 1000) * rateLimit);
    refilledAt = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
