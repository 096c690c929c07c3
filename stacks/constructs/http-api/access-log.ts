/**
 * What an access log line says, by member.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
const MEMBERS = {
  requestId: 'requestId',
  requestTime: 'requestTime',
  sourceIp: 'identity.sourceIp',
  userAgent: 'identity.userAgent',
  domainName: 'domainName',
  protocol: 'protocol',
  httpMethod: 'httpMethod',
  path: 'path',
  routeKey: 'routeKey',
  stage: 'stage',
  status: 'status',
  responseLength: 'responseLength',
  responseLatency: 'responseLatency',
  integrationStatus: 'integration.status',
  integrationLatency: 'integration.latency',
  integrationRequestId: 'integration.requestId',
  integrationError: 'integrationErrorMessage',
  authorizerError: 'authorizer.error',
  error: 'error.message',
  errorType: 'error.responseType',
} as const;

/** One JSON object for each request. All are strings: a variable without a value becomes `-`, which is no JSON. */
export const ACCESS_LOG_FORMAT = JSON.stringify(
  Object.fromEntries(Object.entries(MEMBERS).map(([member, variable]) => [member, `$context.${variable}`])),
);
