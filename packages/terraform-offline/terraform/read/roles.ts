import { ACCOUNT, inLocalAccount } from '../../iam/arn';
import { compilePolicy, evaluate } from '../../iam/evaluate';
import type { Policy } from '../../iam/policy';
import type { Role } from '../../iam/role';
import { refuseGaps } from '../coverage/gaps';
import type { Block } from '../language/configuration/block';
import type { Resource } from '../language/configuration/resource';
import type { Attempts } from './attempts';
import { policyWithArn, readPolicy } from './policies';

/** For whom a role is read. */
export interface RoleUser {
  /** The ARN of what acts as the role. */
  readonly arn: string;
  /** Where it names the role, for errors: `data-api: aws_lambda_function.store.role`. */
  readonly where: string;
  /** `lambda.amazonaws.com` */
  readonly service: string;
  /** What AWS says where the role does not trust the service. */
  readonly refusal: string;
}

/**
 * The role with its policies, inline and attached, and its boundary.
 * @throws when no stack declares the role, or its policies are not known, or it does not trust whoever uses it
 */
export function readRole(attempts: Attempts, arn: string, user: RoleUser): Role {
  const role = roleWithArn(attempts, arn);
  if (!role) {
    throw new Error(
      `${user.where}: no stack declares the role ${arn}, so what it may do is not known; declare it as aws_iam_role, or start with --no-iam`,
    );
  }
  refuseGaps(role);
  refuseUntrusted(attempts, role, user);
  const boundary = role.optionalText('permissions_boundary');
  return {
    name: role.text('name'),
    arn: role.text('arn'),
    policies: policiesOfRole(attempts, role),
    ...(boundary !== undefined && {
      boundary: policyWithArn(attempts, boundary, `${role.where}.permissions_boundary`),
    }),
  };
}

/**
 * The role that API Gateway takes on to invoke a function; undefined where it is to take on none.
 * @throws as `readRole` does
 */
export function roleOfGateway(attempts: Attempts, user: Block, attribute: string): Role | undefined {
  const arn = user.text(attribute, '');
  if (arn === '') return undefined;
  return readRole(attempts, arn, {
    arn: user.text('arn', ''),
    where: `${user.where}.${attribute}`,
    service: 'apigateway.amazonaws.com',
    refusal: 'API Gateway does not have permission to assume the provided role',
  });
}

/** By its ARN, in the local account or another, whatever its path. */
function roleWithArn(attempts: Attempts, arn: string): Resource | undefined {
  return attempts.findAnywhere('aws_iam_role', 'arn', inLocalAccount(arn));
}

/** https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html: CreateFunction fails */
function refuseUntrusted(
  attempts: Attempts,
  role: Resource,
  { arn, where, service, refusal }: RoleUser,
): void {
  const trust = readPolicy(attempts, 'assume_role_policy', role, 'assume_role_policy');
  const keys: Readonly<Record<string, string>> = { 'aws:sourcearn': arn, 'aws:sourceaccount': ACCOUNT };
  const decision = evaluate(
    { resource: compilePolicy(trust, 'resource-based policy') },
    {
      principal: { kind: 'Service', name: service },
      action: 'sts:AssumeRole',
      resource: '',
      keys: (name) => keys[name],
    },
  );
  if (decision.outcome === 'allowed') return;
  const statement = JSON.stringify({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
  });
  throw new Error(`${where}: ${refusal}: ${role.where}.assume_role_policy needs the statement ${statement}`);
}

/** Inline and attached ones. */
export function policiesOfRole(attempts: Attempts, role: Resource): Policy[] {
  return [...inlinePolicies(attempts, role), ...attachedPolicies(attempts, role)];
}

function inlinePolicies(attempts: Attempts, role: Resource): Policy[] {
  const within = role
    .blocks('inline_policy')
    // An empty block is how a role is said to have none.
    .filter((block) => block.names.includes('policy'))
    .map((block, i) => readPolicy(attempts, block.text('name', `inline_policy[${i}]`), block));
  const apart = ofRole(attempts, 'aws_iam_role_policy', 'it is the policy of no role', role).map((resource) =>
    readPolicy(attempts, resource.text('name'), resource),
  );
  const policies = [...within, ...apart];
  const [exclusive] = ofRole(attempts, 'aws_iam_role_policies_exclusive', 'it removes no policy', role);
  const kept = exclusive?.texts('policy_names');
  return kept ? policies.filter(({ name }) => kept.includes(name)) : policies;
}

function attachedPolicies(attempts: Attempts, role: Resource): Policy[] {
  const name = role.text('name');
  const one = ofRole(attempts, 'aws_iam_role_policy_attachment', 'it attaches nothing', role);
  const several = attempts.belongingAnywhere(
    'aws_iam_policy_attachment',
    'it attaches nothing',
    (attachment) => attachment.texts('roles').includes(name),
  );
  const attachments = [...one, ...several].map((attachment) => ({
    arn: attachment.text('policy_arn'),
    where: `${attachment.where}.policy_arn`,
  }));
  const listed = role
    .texts('managed_policy_arns')
    .map((arn) => ({ arn, where: `${role.where}.managed_policy_arns` }));
  const [exclusive] = ofRole(
    attempts,
    'aws_iam_role_policy_attachments_exclusive',
    'it attaches and detaches nothing',
    role,
  );
  const whole = exclusive
    ? exclusive.texts('policy_arns').map((arn) => ({ arn, where: `${exclusive.where}.policy_arns` }))
    : [...listed, ...attachments];
  const distinct = new Map(whole.map((policy) => [policy.arn, policy.where]));
  return [...distinct].map(([arn, where]) => policyWithArn(attempts, arn, where));
}

/** By the role's name, as `role` or `role_name`. */
function ofRole(attempts: Attempts, type: string, effect: string, role: Resource): Resource[] {
  const name = role.text('name');
  return attempts.belongingAnywhere(
    type,
    effect,
    (resource) => (resource.optionalText('role') ?? resource.text('role_name')) === name,
  );
}
