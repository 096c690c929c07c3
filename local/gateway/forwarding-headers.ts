import type { GatewayRequest } from './gateway';
import { headerPairs, headerValue, type Header } from './headers';

/** What the gateway adds on the way to the function, under the names API Gateway gives them. */
export function forwardingHeaders(request: GatewayRequest, traceId: string): Header[] {
  const headers = headerPairs(request.rawHeaders);
  const forwardedFor = headerValue(headers, 'x-forwarded-for');
  return [
    ['X-Amzn-Trace-Id', traceId],
    ['X-Forwarded-For', forwardedFor ? `${forwardedFor}, ${request.sourceIp}` : request.sourceIp],
    ['X-Forwarded-Port', headerValue(headers, 'host')?.match(/:(\d+)$/)?.[1] ?? '80'],
    ['X-Forwarded-Proto', 'http'],
  ];
}
