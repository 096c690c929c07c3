import { CodedeployApp } from '@cdktf/provider-aws/lib/codedeploy-app';
import { CodedeployDeploymentGroup } from '@cdktf/provider-aws/lib/codedeploy-deployment-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import type { NodeFunction } from '../constructs/node-function';
import { policyDocument } from '../constructs/policy-document';

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/getting-started-create-service-role.html */
const DEPLOY = 'arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited';

/**
 * Leaves the alias of a function to CodeDeploy, which gives a new version a tenth of the requests for five minutes, and goes
 * back when one of these alarms says so. Terraform publishes versions as before, and no longer moves the alias.
 * @param alarms their names
 */
export function deployByCanary(fn: NodeFunction, alarms: readonly string[]): void {
  fn.resources.alias.lifecycle = { ignoreChanges: ['function_version', 'routing_config'] };
  const role = new IamRole(fn, 'deploy-role', {
    name: `${fn.plainName}-deploy`,
    assumeRolePolicy: policyDocument([
      { actions: ['sts:AssumeRole'], principal: { Service: 'codedeploy.amazonaws.com' } },
    ]),
  });
  new IamRolePolicyAttachment(fn, 'deploy-policy', { role: role.name, policyArn: DEPLOY });
  const app = new CodedeployApp(fn, 'deploy-app', { name: fn.plainName, computePlatform: 'Lambda' });
  new CodedeployDeploymentGroup(fn, 'deploy-group', {
    appName: app.name,
    deploymentGroupName: fn.plainName,
    deploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
    serviceRoleArn: role.arn,
    alarmConfiguration: { enabled: true, alarms: [...alarms] },
    autoRollbackConfiguration: {
      enabled: true,
      events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
    },
  });
}
