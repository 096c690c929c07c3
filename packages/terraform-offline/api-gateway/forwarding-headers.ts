import type { GatewayRequest } from './gateway';
import { headerValue, type Header } from './headers';

interface Forwarded {
  readonly request: GatewayRequest;
  readonly headers: readonly Header[];
  readonly traceId: string;
}

/** What the gateway adds on the way to the function, under the names API Gateway gives them. */
export function forwardingHeaders({ request, headers, traceId }: Forwarded): Header[] {
  const forwardedFor = headerValue(headers, 'x-forwarded-for');
  return [
    ['X-Amzn-Trace-Id', traceId],
    ['X-Forwarded-For', forwardedFor ? `${forwardedFor}, ${request.sourceIp}` : request.sourceIp],
    ['X-Forwarded-Port', headerValue(headers, 'host')?.match(/:(\d+)$/)?.[1] ?? '80'],
    ['X-Forwarded-Proto', 'http'],
  ];
}
