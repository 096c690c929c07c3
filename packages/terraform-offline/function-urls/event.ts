import { iamIdentity } from '../api-gateway/authorizers/iam';
import { joinedValues } from '../api-gateway/forwarding';
import { eventBody, eventHeaders } from '../api-gateway/http/event';
import { requestTime } from '../api-gateway/identifiers';
import { ACCOUNT } from '../iam/arn';
import type { Caller } from '../iam/callers';
import { type Header, headerValue, multiMap, parseQuery } from '../server/message';
import type { HttpRequest } from '../server/request';
import type { FunctionUrl } from '../terraform/model/function-url';

/** A request to a function URL, read once. */
export interface FunctionUrlCall {
  readonly url: FunctionUrl;
  readonly request: HttpRequest;
  readonly headers: readonly Header[];
  readonly requestId: string;
  readonly traceId: string;
  readonly receivedAt: Date;
  /** Who signed it. Undefined: nobody had to. */
  readonly caller: Caller | undefined;
}

/**
 * Payload format 2.0 as function URLs send it: the path as the client sent it, decoded in the context alone; cookies among
 * the headers too; an account that is `anonymous` where nobody has to sign.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads and, captured,
 * https://github.com/hotsock/voker/blob/main/vokerhttp/testdata/functionurl-request.json
 */
export function functionUrlEvent(call: FunctionUrlCall) {
  const { url, request, requestId, receivedAt, caller } = call;
  const headers = eventHeaders(call).map(([name, value]): Header => [name.toLowerCase(), value]);
  const cookies = headers
    .filter(([name]) => name === 'cookie')
    .flatMap(([, value]) => value.split(/;\s*/).filter(Boolean));
  const query = parseQuery(request.rawQuery);
  const domainName = headerValue(headers, 'host') ?? '';
  const { body, isBase64Encoded } = eventBody(call);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: request.rawPath,
    rawQueryString: request.rawQuery,
    ...(cookies.length > 0 && { cookies }),
    headers: joinedValues(multiMap(headers)),
    ...(query.size > 0 && { queryStringParameters: joinedValues(query) }),
    requestContext: {
      accountId: caller ? ACCOUNT : 'anonymous',
      apiId: url.id,
      ...(caller && { authorizer: { iam: iamIdentity(caller) } }),
      domainName,
      domainPrefix: domainName.split('.', 1)[0]!,
      http: {
        method: request.method,
        path: decoded(request.rawPath),
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headerValue(headers, 'user-agent') ?? '',
      },
      requestId,
      routeKey: '$default',
      stage: '$default',
      time: requestTime(receivedAt),
      timeEpoch: receivedAt.getTime(),
    },
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
}

function decoded(rawPath: string): string {
  try {
    return decodeURIComponent(rawPath);
  } catch {
    return rawPath;
  }
}
