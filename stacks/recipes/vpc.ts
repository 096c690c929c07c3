import type { NodeFunction } from '../constructs/node-function';

/** What Lambda does with the function's role: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions */
const NETWORK_INTERFACES = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];

/**
 * Runs functions in private subnets. They reach DynamoDB through a gateway endpoint of the VPC, which costs nothing, and X-Ray
 * through an interface endpoint or a NAT gateway.
 */
export function runInVpc(
  functions: readonly NodeFunction[],
  network: { readonly subnetIds: string[]; readonly securityGroupIds: string[] },
): void {
  for (const fn of functions) {
    fn.resources.function.putVpcConfig(network);
    // These actions have no resources to name.
    fn.allow(NETWORK_INTERFACES, '*');
  }
}
