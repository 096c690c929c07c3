import { isUtf8 } from 'node:buffer';
import { type Header, headerValue, type MultiMap } from '../server/message';
import type { HttpRequest } from '../server/request';

/** `domainName` of an event and its first label: the custom domain, or the name that the client used. */
export function domainNames({ request, headers }: Pick<Forwarded, 'request' | 'headers'>): {
  readonly domainName: string;
  readonly domainPrefix: string;
} {
  const domainName = request.domain?.name ?? headerValue(headers, 'host') ?? '';
  return { domainName, domainPrefix: domainName.split('.', 1)[0]! };
}

interface Forwarded {
  readonly request: HttpRequest;
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

/** What the log says of a body that a function gets as text; undefined where it is UTF-8. */
export function unreadableText(body: Buffer): string | undefined {
  if (isUtf8(body)) return undefined;
  return 'the body is not UTF-8: the function gets U+FFFD in place of what is none; what AWS does with such bytes was not seen';
}

/** All values of each name, joined by commas as payload format 2.0 has them. */
export function joinedValues(map: MultiMap): Record<string, string> {
  return Object.fromEntries([...map].map(([name, values]) => [name, values.join(',')]));
}

/** HTTP headers hold Latin-1; API Gateway writes a question mark for each UTF-16 code unit beyond. */
export function inLatin1([name, value]: Header): Header {
  return [name, value.replace(/[\u0100-\uffff]/g, '?')];
}
