import type { Configuration } from '../language/configuration/configuration';
import type { PolicyDocument, Role } from '../model';
import type { Resource } from '../language/configuration/resource';
import { readPolicy } from './policy';

/**
 * The role with its policies, inline and attached.
 * @throws when the stack does not have the role, or one of the policies
 */
export function readRole(configuration: Configuration, arn: string, wantedBy: string): Role {
  const role = configuration.find('aws_iam_role', 'arn', arn);
  if (!role) throw new Error(`${wantedBy}.role: the stack has no aws_iam_role with the ARN ${arn}`);
  for (const attribute of ['inline_policy', 'managed_policy_arns', 'permissions_boundary']) {
    role.refuse(attribute, 'not read locally; use aws_iam_role_policy or aws_iam_role_policy_attachment');
  }
  const name = role.text('name');
  const inline = configuration.all('aws_iam_role_policy').filter((policy) => policy.text('role') === name);
  return {
    name,
    arn,
    policies: [...inline.map(readPolicy), ...attachedPolicies(configuration, name)],
  };
}

function attachedPolicies(configuration: Configuration, role: string): PolicyDocument[] {
  return configuration
    .all('aws_iam_role_policy_attachment')
    .filter((attachment) => attachment.text('role') === role)
    .map((attachment) => readPolicy(attachedPolicy(configuration, attachment)));
}

function attachedPolicy(configuration: Configuration, attachment: Resource): Resource {
  const arn = attachment.text('policy_arn');
  const policy = configuration.find('aws_iam_policy', 'arn', arn);
  if (policy) return policy;
  throw new Error(
    `${attachment.where}.policy_arn: the stack has no aws_iam_policy with the ARN ${arn}, and what AWS's own policies allow is not known locally; write it as aws_iam_policy`,
  );
}
