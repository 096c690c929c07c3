import type { Throttling } from '../terraform/model';

/**
 * A token bucket as API Gateway describes its throttling: `burstLimit` requests at once, refilled at `rateLimit` a second.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
 */
export function tokenBucket({ rateLimit, burstLimit }: Throttling): () => boolean {
  let tokens = burstLimit;
  let refilledAt = Date.now();
  return () => {
    const now = Date.now();
    tokens = Math.min(burstLimit, tokens + ((now - refilledAt) / 1000) * rateLimit);
    refilledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
