import type { RestApi } from '../constructs/rest-api';

/**
 * Lets only these addresses call a REST API: a request must be allowed by this policy and by the route's authorization.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
 * @param addresses in CIDR notation, such as `203.0.113.0/24`
 */
export function allowOnlyFrom({ resources: { api } }: RestApi, addresses: readonly string[]): void {
  // `execute-api:/` stands for the API itself, whose ARN is not known before it is made.
  const statement = { Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' };
  api.policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', ...statement },
      { Effect: 'Deny', ...statement, Condition: { NotIpAddress: { 'aws:SourceIp': addresses } } },
    ],
  });
}
