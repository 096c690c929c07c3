import { ApiGatewayApiKey } from '@cdktf/provider-aws/lib/api-gateway-api-key';
import type { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage';
import { ApiGatewayUsagePlan } from '@cdktf/provider-aws/lib/api-gateway-usage-plan';
import { ApiGatewayUsagePlanKey } from '@cdktf/provider-aws/lib/api-gateway-usage-plan-key';
import type { Construct } from 'constructs';
import type { Environment } from '../../environment';

/**
 * The plan under which a stage's routes with `apiKey` are called, with a key for each client. The keys' values are API
 * Gateway's: `aws apigateway get-api-keys --include-values` tells them.
 * @param name of the API
 * @throws when the environment says nothing of the plan
 */
export function addUsagePlan(
  scope: Construct,
  environment: Environment,
  name: string,
  stage: ApiGatewayStage,
): void {
  const { usagePlan } = environment;
  if (!usagePlan) {
    throw new Error(
      `${scope.node.path}: a route has the authorization apiKey, and the environment ${environment.name} has no usagePlan; set it in stacks/environment.ts`,
    );
  }
  const { clients, requestsPerDay, rateLimit, burstLimit } = usagePlan;
  const plan = new ApiGatewayUsagePlan(scope, 'usage-plan', {
    name,
    apiStages: [{ apiId: stage.restApiId, stage: stage.stageName }],
    quotaSettings: { limit: requestsPerDay, period: 'DAY' },
    throttleSettings: { rateLimit, burstLimit },
  });
  for (const client of clients) {
    const key = new ApiGatewayApiKey(scope, `api-key-${client}`, { name: `${name}-${client}` });
    new ApiGatewayUsagePlanKey(scope, `usage-plan-key-${client}`, {
      keyId: key.id,
      keyType: 'API_KEY',
      usagePlanId: plan.id,
    });
  }
}
