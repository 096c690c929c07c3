import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { Construct } from 'constructs';
import type { Environment } from '../environment';

/** What a line of either kind of API says, by member. */
const OF_BOTH = {
  requestId: 'requestId',
  extendedRequestId: 'extendedRequestId',
  requestTime: 'requestTime',
  sourceIp: 'identity.sourceIp',
  userAgent: 'identity.userAgent',
  domainName: 'domainName',
  protocol: 'protocol',
  httpMethod: 'httpMethod',
  path: 'path',
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

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
export const HTTP_API_LINE = line({ ...OF_BOTH, routeKey: 'routeKey' });

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html */
export const REST_API_LINE = line({
  ...OF_BOTH,
  integrationError: 'integration.error',
  resourcePath: 'resourcePath',
  authorizerPrincipal: 'authorizer.principalId',
  authorizerStatus: 'authorizer.status',
  authorizerRequestId: 'authorizer.requestId',
  xrayTraceId: 'xrayTraceId',
});

/** One JSON object for each request. All are strings: a variable without a value becomes `-`, which is no JSON. */
function line(members: Readonly<Record<string, string>>): string {
  return JSON.stringify(
    Object.fromEntries(Object.entries(members).map(([member, variable]) => [member, `$context.${variable}`])),
  );
}

/**
 * The log group of an API's requests. Any other place than `/aws/vendedlogs/` adds to a policy that all services of an
 * account share, until it is full at 5120 characters.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
export function accessLog(scope: Construct, apiName: string, environment: Environment): CloudwatchLogGroup {
  return new CloudwatchLogGroup(scope, 'requests', {
    name: `/aws/vendedlogs/apigateway/${apiName}`,
    retentionInDays: environment.logRetentionInDays,
    kmsKeyId: environment.kmsKeyArn,
  });
}
