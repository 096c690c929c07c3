import { randomUUID } from 'node:crypto';
import type { RestApi, RestMethod } from '../../terraform/model';
import type { GatewayRequest } from '../gateway';
import { headerPairs, headerValue } from '../headers';
import { extendedRequestId } from '../identifiers';
import { requestTime } from '../request-time';

/** `requestContext` of a proxy event, `$context` of a template. */
export type RequestContext = ReturnType<typeof requestContext>;

/**
 * The members API Gateway sends when no authorizer ran.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function requestContext(api: RestApi, request: GatewayRequest, now: Date, method?: RestMethod) {
  const headers = headerPairs(request.rawHeaders);
  const domainName = headerValue(headers, 'host') ?? '';
  return {
    accountId: api.executionArn.split(':')[4] ?? '',
    apiId: api.id,
    deploymentId: 'local',
    domainName,
    domainPrefix: domainName.split('.', 1)[0]!,
    extendedRequestId: extendedRequestId(),
    httpMethod: request.method,
    identity: {
      accessKey: null,
      accountId: null,
      // Only where the method asks for one.
      ...(method?.apiKeyRequired && { apiKey: headerValue(headers, 'x-api-key') ?? null }),
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: headerValue(headers, 'user-agent') ?? null,
      userArn: null,
    },
    path: `${request.prefix}${request.rawPath}`,
    protocol: request.protocol,
    requestId: randomUUID() as string,
    requestTime: requestTime(now),
    requestTimeEpoch: now.getTime(),
    resourceId: method?.resourceId ?? null,
    resourcePath: method?.path ?? null,
    stage: api.stageName,
  };
}
