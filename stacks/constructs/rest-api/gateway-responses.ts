import { ApiGatewayGatewayResponse } from '@cdktf/provider-aws/lib/api-gateway-gateway-response';
import type { Construct } from 'constructs';

/**
 * The responses API Gateway makes itself, with their statuses.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const STATUSES = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_BODY: 400,
  BAD_REQUEST_PARAMETERS: 400,
  EXPIRED_TOKEN: 403,
  INTEGRATION_FAILURE: 504,
  INTEGRATION_TIMEOUT: 504,
  INVALID_API_KEY: 403,
  INVALID_SIGNATURE: 403,
  MISSING_AUTHENTICATION_TOKEN: 403,
  QUOTA_EXCEEDED: 429,
  REQUEST_TOO_LARGE: 413,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
  WAF_FILTERED: 403,
  // The defaults answer for types with different statuses, so theirs stay open.
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: undefined,
} as const;

/**
 * Makes the gateway's own errors `application/problem+json`, like those of the functions.
 *
 * @param headers of each, beside its content type. Default: none
 * @param bodyExpected what a body that fits no model should have been. Default: the gateway does not say.
 */
export function addGatewayResponses(
  scope: Construct,
  restApiId: string,
  headers: Readonly<Record<string, string>> = {},
  bodyExpected?: string,
): ApiGatewayGatewayResponse[] {
  const details: Partial<Record<string, string>> = { BAD_REQUEST_BODY: bodyExpected };
  return Object.entries(STATUSES).map(
    ([responseType, status]) =>
      new ApiGatewayGatewayResponse(scope, `gateway-response-${responseType}`, {
        restApiId,
        responseType,
        ...(status && { statusCode: String(status) }),
        responseParameters: Object.fromEntries(
          Object.entries({ 'Content-Type': 'application/problem+json', ...headers }).map(([name, value]) => [
            `gatewayresponse.header.${name}`,
            `'${value}'`,
          ]),
        ),
        responseTemplates: { 'application/json': template(responseType, status, details[responseType]) },
      }),
  );
}

/**
 * These templates know `$context` variables and nothing else of VTL. `messageString` comes with its quotes;
 * `validationErrorString` does not, and would break the JSON with the caller's own text, so that only a text of the stack
 * can say more.
 */
function template(responseType: string, status: number | undefined, detail: string | undefined): string {
  const code = responseType.toLowerCase().replaceAll('_', '-');
  const members = [
    ...(status ? [`"status":${status}`] : []),
    `"type":"urn:problem-type:${code}"`,
    `"title":${JSON.stringify(title(responseType))}`,
    `"detail":${detail === undefined ? '$context.error.messageString' : JSON.stringify(detail)}`,
    `"code":"${code}"`,
    '"requestId":"$context.requestId"',
  ];
  return `{${members.join(',')}}`;
}

function title(responseType: string): string {
  const words = responseType.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
