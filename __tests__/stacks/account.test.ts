import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Testing } from 'cdktf';
import { Account } from '../../stacks/account';
import { environment, withName, type Environment } from '../../stacks/environment';
import { resource, resourcesOf, statements, type Configuration } from '../support/synth';

const account = (settings: Environment): Configuration => {
  const outdir = mkdtempSync(path.join(tmpdir(), 'account-'));
  try {
    return JSON.parse(
      Testing.synth(new Account(Testing.app({ outdir }), 'account', settings)),
    ) as Configuration;
  } finally {
    rmSync(outdir, { recursive: true });
  }
};
const stack = account(environment('staging'));

test('API Gateway has a role to write logs with, which nobody else may take', () => {
  const [role] = Object.keys(resourcesOf(stack, 'aws_iam_role'));
  expect(resource(stack, 'aws_api_gateway_account')).toMatchObject({
    cloudwatch_role_arn: `\${aws_iam_role.${role}.arn}`,
  });
  expect(statements(resource(stack, 'aws_iam_role').assume_role_policy)).toEqual([
    { Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: 'apigateway.amazonaws.com' } },
  ]);
});

test('the role may write logs before API Gateway is told of it, which tries', () => {
  const [policy] = Object.keys(resourcesOf(stack, 'aws_iam_role_policy_attachment'));
  expect(resource(stack, 'aws_api_gateway_account').depends_on).toEqual([
    `aws_iam_role_policy_attachment.${policy}`,
  ]);
  expect(resource(stack, 'aws_iam_role_policy_attachment').policy_arn).toBe(
    'arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs',
  );
});

test('all environments share it: its name and its state carry none', () => {
  expect(resource(stack, 'aws_iam_role').name).toBe('api-gateway-logs');
  expect(stack.terraform?.backend).toEqual({ local: { path: '../../../terraform.account.tfstate' } });
});

test('another region has another role and another state', () => {
  const elsewhere = account(withName('staging', { ...environment('staging'), region: 'eu-central-1' }));
  expect(resource(elsewhere, 'aws_iam_role').name).toBe('api-gateway-logs-eu-central-1');
  expect(elsewhere.terraform?.backend).toEqual({
    local: { path: '../../../terraform.account-eu-central-1.tfstate' },
  });
});

test('nothing of it is ever destroyed by Terraform', () => {
  for (const type of ['aws_iam_role', 'aws_iam_role_policy_attachment', 'aws_api_gateway_account'])
    expect(resource(stack, type).lifecycle).toEqual({ prevent_destroy: true });
});
