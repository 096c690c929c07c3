import type { Role } from '../model';
import type { Resource } from '../language/configuration/resource';
import type { Attempts } from './attempts';
import { readPolicy } from './policy';

/**
 * The role with its policies, inline and attached.
 * @throws when the stack does not have the role, or one of the policies
 */
export function readRole(attempts: Attempts, arn: string, wantedBy: string): Role {
  const role = attempts.configuration.find('aws_iam_role', 'arn', arn);
  if (!role) throw new Error(`${wantedBy}.role: the stack has no aws_iam_role with the ARN ${arn}`);
  for (const attribute of ['inline_policy', 'managed_policy_arns', 'permissions_boundary']) {
    role.refuse(attribute, 'not read locally; use aws_iam_role_policy or aws_iam_role_policy_attachment');
  }
  const name = role.text('name');
  const ofRole = (resource: Resource) => resource.text('role') === name;
  const inline = attempts.belonging('aws_iam_role_policy', 'it is the policy of no role', ofRole);
  const attached = attempts.belonging('aws_iam_role_policy_attachment', 'it attaches nothing', ofRole);
  return {
    name,
    arn,
    policies: [...inline, ...attached.map(attachedPolicy)].map(readPolicy),
  };
}

function attachedPolicy(attachment: Resource): Resource {
  const arn = attachment.text('policy_arn');
  const policy = attachment.configuration.find('aws_iam_policy', 'arn', arn);
  if (policy) return policy;
  throw new Error(
    `${attachment.where}.policy_arn: the stack has no aws_iam_policy with the ARN ${arn}, and what AWS's own policies allow is not known locally; write it as aws_iam_policy`,
  );
}
