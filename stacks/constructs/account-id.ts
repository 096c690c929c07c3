import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

const ID = 'caller-identity';

/** The account that a stack is deployed to, asked for once in each stack. */
export function accountId(scope: Construct): string {
  const stack = TerraformStack.of(scope);
  const known = stack.node.tryFindChild(ID);
  const identity = known instanceof DataAwsCallerIdentity ? known : new DataAwsCallerIdentity(stack, ID);
  return identity.accountId;
}
