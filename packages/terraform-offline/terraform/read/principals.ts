import type { Policy } from '../../iam/policy';
import type { IamPrincipal } from '../../iam/role';
import type { Resource } from '../language/configuration/resource';
import type { Api } from '../model/stack';
import type { Attempts } from './attempts';
import { policyWithArn, readPolicy } from './policies';
import { policiesOfRole } from './roles';

/**
 * The roles and users that may call what wants a signature. Unless something does, nobody's rights need to be known.
 * @param apis of the same stack
 */
export function readPrincipals(attempts: Attempts, apis: readonly Api[]): IamPrincipal[] {
  if (!apis.some(wantsSignature) && !isSignatureWanted(attempts)) return [];
  const read = (type: string, kind: IamPrincipal['kind'], policies: (resource: Resource) => Policy[]) =>
    attempts.configuration.all(type).flatMap((resource) => {
      const part = { address: resource.where, effect: 'nothing that it signs is taken' };
      const tried = attempts.attempt(part, (): IamPrincipal => {
        const boundary = resource.optionalText('permissions_boundary');
        return {
          kind,
          id: resource.text('unique_id'),
          name: resource.text('name'),
          arn: resource.text('arn'),
          policies: attempts.iam ? policies(resource) : [],
          ...(boundary !== undefined &&
            attempts.iam && {
              boundary: policyWithArn(attempts, boundary, `${resource.where}.permissions_boundary`),
            }),
        };
      });
      return tried.unserved ? [] : [tried.value];
    });
  return [
    ...read('aws_iam_role', 'role', (role) => policiesOfRole(attempts, role)),
    ...read('aws_iam_user', 'user', (user) => policiesOfUser(attempts, user)),
  ];
}

function wantsSignature(api: Api): boolean {
  switch (api.kind) {
    case 'rest':
      return api.methods.some(({ authorizer }) => authorizer?.kind === 'iam');
    case 'http':
      return api.routes.some(({ authorizer }) => authorizer?.kind === 'iam');
    case 'function-url':
      return api.authorizer !== undefined;
  }
}

const SIGNED = [
  ['aws_api_gateway_method', 'authorization'],
  ['aws_apigatewayv2_route', 'authorization_type'],
  ['aws_lambda_function_url', 'authorization_type'],
] as const;

/** In this stack or in one that is served with it. */
function isSignatureWanted(attempts: Attempts): boolean {
  const effect = 'it is not known who may call it';
  return SIGNED.some(
    ([type, attribute]) =>
      attempts.belongingAnywhere(type, effect, (one) => one.optionalText(attribute) === 'AWS_IAM').length > 0,
  );
}

function policiesOfUser(attempts: Attempts, user: Resource): Policy[] {
  const name = user.text('name');
  const own = policiesOf(attempts, 'user', name);
  return [...own, ...groupsOf(attempts, name).flatMap((group) => policiesOf(attempts, 'group', group))];
}

/** Inline and attached ones. */
function policiesOf(attempts: Attempts, kind: 'user' | 'group', name: string): Policy[] {
  const ofThem = (type: string, effect: string) =>
    attempts.belonging(type, effect, (resource) => resource.text(kind) === name);
  const inline = ofThem(`aws_iam_${kind}_policy`, 'it is nobody’s policy');
  const one = ofThem(`aws_iam_${kind}_policy_attachment`, 'it attaches nothing');
  const several = attempts.belonging('aws_iam_policy_attachment', 'it attaches nothing', (attachment) =>
    attachment.texts(`${kind}s`).includes(name),
  );
  return [
    ...inline.map((policy) => readPolicy(attempts, policy.text('name'), policy)),
    ...[...one, ...several].map((attachment) =>
      policyWithArn(attempts, attachment.text('policy_arn'), `${attachment.where}.policy_arn`),
    ),
  ];
}

function groupsOf(attempts: Attempts, user: string): string[] {
  const effect = 'it makes nobody a member';
  const byUser = attempts.belonging(
    'aws_iam_user_group_membership',
    effect,
    (membership) => membership.text('user') === user,
  );
  const byGroup = attempts.belonging('aws_iam_group_membership', effect, (membership) =>
    membership.texts('users').includes(user),
  );
  return [
    ...byUser.flatMap((membership) => membership.texts('groups')),
    ...byGroup.map((membership) => membership.text('group')),
  ];
}
