import { parseArn } from '../../terraform/arn';
import { headerValue, type Header } from '../headers';
import { joinedValues, multiMap } from '../multi-map';
import { requestTime } from '../request-time';
import { eventBody } from './event-body';
import { eventHeaders } from './event-headers';
import type { HttpCall } from './http-call';

/**
 * Payload format 2.0; members without a value are left out.
 *
 * The local server keeps its APIs apart by a prefix (`/items-api`), which is what an API mapping does to a custom domain.
 * `rawPath` leaves it out, as AWS leaves out the mapping. `requestContext.http.path` carries it, so that a `Location`
 * built on it can be followed here as on AWS, where an API under its own name has no prefix and both are the same.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function eventV2(call: HttpCall) {
  const { api, request, route, path, query } = call;
  const headers = eventHeaders(call).map(([name, value]): Header => [name.toLowerCase(), value]);
  const cookies = headers.filter(isCookie).flatMap(([, value]) => value.split(/;\s*/).filter(Boolean));
  const { body, isBase64Encoded } = eventBody(call);
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: api.stageName === '$default' ? path : `/${api.stageName}${path}`,
    rawQueryString: request.rawQuery,
    ...(cookies.length > 0 && { cookies }),
    headers: joinedValues(multiMap(headers.filter((header) => !isCookie(header)))),
    ...(query.size > 0 && { queryStringParameters: joinedValues(query) }),
    requestContext: requestContext(call, headers),
    ...(body !== undefined && { body }),
    ...unlessEmpty('pathParameters', call.pathParameters),
    isBase64Encoded,
    ...unlessEmpty('stageVariables', api.stageVariables),
  };
}

function requestContext({ api, request, route, path, requestId, receivedAt }: HttpCall, headers: Header[]) {
  const domainName = headerValue(headers, 'host') ?? '';
  return {
    accountId: parseArn(api.executionArn).account,
    apiId: api.id,
    domainName,
    domainPrefix: domainName.split('.', 1)[0]!,
    http: {
      method: request.method,
      path: `${request.prefix}${path}`,
      protocol: request.protocol,
      sourceIp: request.sourceIp,
      userAgent: headerValue(headers, 'user-agent') ?? '',
    },
    requestId,
    routeKey: route.routeKey,
    stage: api.stageName,
    time: requestTime(receivedAt),
    timeEpoch: receivedAt.getTime(),
  };
}

function isCookie([name]: Header): boolean {
  return name === 'cookie';
}

function unlessEmpty(name: string, record: Readonly<Record<string, string>>) {
  return Object.keys(record).length > 0 ? { [name]: record } : {};
}
