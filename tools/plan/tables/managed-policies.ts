/**
 * Policies of AWS's that give a function no more than what its kind needs: logs, traces, network interfaces. What any other one gives, the plan does not show.
 * https://docs.aws.amazon.com/lambda/latest/dg/permissions-managed-policies.html
 */
export const HARMLESS_MANAGED_POLICIES: readonly string[] = [
  'AWSXRayDaemonWriteAccess',
  'CloudWatchLambdaApplicationSignalsExecutionRolePolicy',
  'CloudWatchLambdaInsightsExecutionRolePolicy',
  'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AWSLambdaENIManagementAccess',
  'service-role/AWSLambdaVPCAccessExecutionRole',
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
];
