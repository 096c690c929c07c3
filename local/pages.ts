import { summary } from './console/summary';
import type { GatewayRequest, GatewayResponse } from './gateway/gateway';
import { headerPairs, headerValue } from './gateway/headers';
import type { Model } from './terraform/model';

/** Answers what is outside of all APIs; undefined where there is nothing. */
export function createPages(model: Model) {
  return (request: GatewayRequest): Promise<GatewayResponse> | undefined => {
    if (request.rawPath !== '/') return undefined;
    const host = headerValue(headerPairs(request.rawHeaders), 'host') ?? 'localhost';
    return Promise.resolve({
      status: 200,
      headers: [['Content-Type', 'text/plain; charset=utf-8']],
      body: summary(model, `http://${host}`),
    });
  };
}
