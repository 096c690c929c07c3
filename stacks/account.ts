import { ApiGatewayAccount } from '@cdktf/provider-aws/lib/api-gateway-account';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { policyDocument } from './constructs/policy-document';
import { useAws } from './constructs/providers';
import { keepState } from './constructs/state-backend';
import { ofRegion, withName, type Environment } from './environment';

/** https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonAPIGatewayPushToCloudWatchLogs.html */
const PUSH_LOGS = 'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs';

/**
 * The role that REST APIs write their logs with: API Gateway has one for an account and region, so that all environments
 * share it and none may take it away.
 */
export class Account extends TerraformStack {
  /** @param settings of any environment; its name counts for nothing here */
  constructor(scope: Construct, id: string, settings: Environment) {
    super(scope, id);
    const environment = withName('default', settings);
    useAws(this, id, environment);
    keepState(this, ofRegion(id, environment.region), environment);

    // Destroying the settings resets them for every API of the region, whoever made it.
    const lifecycle = { preventDestroy: true };
    const role = new IamRole(this, 'role', {
      name: environment.globalName('api-gateway-logs'),
      assumeRolePolicy: policyDocument([
        { actions: ['sts:AssumeRole'], principal: { Service: 'apigateway.amazonaws.com' } },
      ]),
      lifecycle,
    });
    const policy = new IamRolePolicyAttachment(this, 'policy', {
      role: role.name,
      policyArn: PUSH_LOGS,
      lifecycle,
    });
    new ApiGatewayAccount(this, 'settings', { cloudwatchRoleArn: role.arn, dependsOn: [policy], lifecycle });
  }
}
