import { parseArn } from '../../terraform/arn';
import { headerValue } from '../headers';
import { requestTime } from '../request-time';
import type { RestCall } from './rest-call';

/** `requestContext` of a proxy event, `$context` of a template. */
export type RequestContext = ReturnType<typeof requestContext>;

/**
 * The members API Gateway sends when no authorizer ran.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function requestContext(call: RestCall) {
  const { api, request, headers, match, receivedAt } = call;
  const domainName = headerValue(headers, 'host') ?? '';
  return {
    accountId: parseArn(api.executionArn).account,
    apiId: api.id,
    deploymentId: 'local',
    domainName,
    domainPrefix: domainName.split('.', 1)[0]!,
    extendedRequestId: call.extendedRequestId,
    httpMethod: request.method,
    identity: {
      accessKey: null,
      accountId: null,
      // Only where the method asks for one.
      ...(match?.method.apiKeyRequired && { apiKey: headerValue(headers, 'x-api-key') ?? null }),
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
    requestId: call.requestId,
    requestTime: requestTime(new Date(receivedAt)),
    requestTimeEpoch: receivedAt,
    resourceId: match?.method.resourceId ?? null,
    resourcePath: match?.method.path ?? null,
    stage: api.stageName,
  };
}
