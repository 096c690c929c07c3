import { parseArn } from '../../iam/arn';
import { type Header, headerValue, lastValues, mediaType, multiMap } from '../../server/message';
import { iamIdentityV1 } from '../authorizers/iam';
import { domainNames, forwardingHeaders, joinedValues } from '../forwarding';
import { requestTime } from '../identifiers';
import type { HttpCall } from './call';

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
    requestContext: requestContextV2(call, headers),
    ...(body !== undefined && { body }),
    ...unlessEmpty('pathParameters', call.pathParameters),
    isBase64Encoded,
    ...unlessEmpty('stageVariables', api.stageVariables),
  };
}

/**
 * The event of an authorizer's function: what an integration gets, without a body.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.payload-format
 */
export function authorizerEvent(
  call: HttpCall,
  version: '1.0' | '2.0',
  arn: string,
  identity: readonly string[],
) {
  const event = version === '1.0' ? eventV1(call) : eventV2(call);
  const members = Object.fromEntries(
    Object.entries(event)
      .filter(([name]) => name !== 'body' && name !== 'isBase64Encoded')
      .map(([name, value]) => [name, (value as unknown) ?? {}]),
  );
  const source = identity.join(',');
  return version === '1.0'
    ? { ...members, type: 'REQUEST', methodArn: arn, identitySource: source, authorizationToken: source }
    : { ...members, type: 'REQUEST', routeArn: arn, identitySource: identity };
}

function requestContextV2(call: HttpCall, headers: readonly Header[]) {
  const { api, request, route, path, requestId, receivedAt, identity } = call;
  return {
    accountId: parseArn(api.executionArn).account,
    apiId: api.id,
    ...(identity && { authorizer: identity.shown }),
    ...domainNames({ request, headers }),
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

/** Names HTTP APIs write their own way in payload 1.0; all others keep the client's case. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['content-type', 'Content-Type'],
  ['host', 'Host'],
  ['user-agent', 'User-Agent'],
]);

/**
 * Payload format 1.0 as HTTP APIs send it. Unlike a REST API's event it names its version, has an authorizer, calls the
 * route key the resource's id and the request id the extended one; `path` is what the client sent while
 * `requestContext.path` and the path parameters are decoded; and there is a `Content-Length`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html and, captured,
 * https://github.com/aws/aws-lambda-dotnet/tree/master/Tools/LambdaTestTool-v2/tests/Amazon.Lambda.TestTool.IntegrationTests/Snapshots
 */
export function eventV1(call: HttpCall) {
  const { api, request, query, pathParameters } = call;
  const headers = eventHeaders(call).map(([name, value]): Header => [
    RENAMED.get(name.toLowerCase()) ?? name,
    value,
  ]);
  const grouped = multiMap(headers);
  const { body, isBase64Encoded } = eventBody(call);
  return {
    version: '1.0',
    resource: resourcePath(call),
    path: `${request.prefix}${request.rawPath}`,
    httpMethod: request.method,
    headers: lastValues(grouped),
    multiValueHeaders: Object.fromEntries(grouped),
    queryStringParameters: query.size > 0 ? lastValues(query) : null,
    multiValueQueryStringParameters: query.size > 0 ? Object.fromEntries(query) : null,
    requestContext: requestContextV1(call, headers),
    pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : null,
    stageVariables: Object.keys(api.stageVariables).length > 0 ? api.stageVariables : null,
    body: body ?? null,
    isBase64Encoded,
  };
}

/**
 * `$context` of parameter mappings.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export function contextVariables(call: HttpCall) {
  return { ...requestContextV1(call, [...call.headers]), routeKey: call.route.routeKey };
}

function requestContextV1(call: HttpCall, headers: Header[]) {
  const { api, request, route, requestId, receivedAt, identity } = call;
  return {
    accountId: parseArn(api.executionArn).account,
    apiId: api.id,
    authorizer: identity?.shownV1 ?? { claims: null, scopes: null },
    ...domainNames({ request, headers }),
    extendedRequestId: requestId,
    httpMethod: request.method,
    identity: {
      accessKey: null,
      accountId: null,
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: headerValue(headers, 'user-agent') ?? '',
      userArn: null,
      ...(identity?.signer && iamIdentityV1(identity.signer)),
    },
    path: `${request.prefix}${call.path}`,
    protocol: request.protocol,
    requestId,
    requestTime: requestTime(receivedAt),
    requestTimeEpoch: receivedAt.getTime(),
    resourceId: route.routeKey,
    resourcePath: resourcePath(call),
    stage: api.stageName,
  };
}

/** `/items/{id}` of `GET /items/{id}`; `$default` has none but its name. */
function resourcePath({ route }: HttpCall): string {
  return route.routeKey.split(' ')[1] ?? route.routeKey;
}

/** Headers of the connection, which ends at the gateway. */
const DROPPED = ['connection', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** The request's headers with what the gateway adds; a chunked body has a length by now. */
export function eventHeaders(call: Pick<HttpCall, 'request' | 'headers' | 'traceId'>): Header[] {
  const { request, headers } = call;
  const added: Header[] = [['Content-Length', String(request.body.length)], ...forwardingHeaders(call)];
  const left = new Set([...DROPPED, ...added.map(([name]) => name.toLowerCase())]);
  return [...headers.filter(([name]) => !left.has(name.toLowerCase())), ...added];
}

/**
 * The media types whose bodies come as text; all others, forms and a missing type included, come as base64. Observed:
 * https://github.com/ministackorg/ministack/pull/766
 */
const TEXT = /^(text\/.*|application\/(json|xml|javascript))$/;

/** The body as payloads 1.0 and 2.0 carry it; undefined when there is none. */
export function eventBody(call: Pick<HttpCall, 'request' | 'headers'>) {
  const { request } = call;
  const isText = isTextBody(call);
  if (request.body.length === 0) return { body: undefined, isBase64Encoded: false };
  return { body: request.body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

export function isTextBody({ headers }: Pick<HttpCall, 'headers'>): boolean {
  return TEXT.test(mediaType(headerValue(headers, 'content-type') ?? ''));
}
