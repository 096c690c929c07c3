import { parseArn } from '../../terraform/arn';
import { headerValue, type Header } from '../headers';
import { lastValues, multiMap } from '../multi-map';
import { requestTime } from '../request-time';
import { eventBody } from './event-body';
import { eventHeaders } from './event-headers';
import type { HttpCall } from './http-call';

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
    requestContext: requestContext(call, headers),
    pathParameters: Object.keys(pathParameters).length > 0 ? pathParameters : null,
    stageVariables: Object.keys(api.stageVariables).length > 0 ? api.stageVariables : null,
    body: body ?? null,
    isBase64Encoded,
  };
}

function requestContext(call: HttpCall, headers: Header[]) {
  const { api, request, route, requestId, receivedAt } = call;
  const domainName = headerValue(headers, 'host') ?? '';
  return {
    accountId: parseArn(api.executionArn).account,
    apiId: api.id,
    authorizer: { claims: null, scopes: null },
    domainName,
    domainPrefix: domainName.split('.', 1)[0]!,
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
