import type { Throttling } from '../terraform/model';

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
