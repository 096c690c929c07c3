import { ACCOUNT } from './arn';
import { compilePolicy, type Policies } from './evaluate';
import type { Principal } from './principal';
import type { IamPrincipal, Role } from './role';

/** A role as it asks for something: with the session that a function has. A user, who has none. */
export function principalOf({
  name,
  arn,
  kind = 'role',
}: Pick<Role, 'name' | 'arn'> & Partial<Pick<IamPrincipal, 'kind'>>): Principal {
  if (kind === 'user') return { kind: 'AWS', name: arn };
  return { kind: 'AWS', name: arn, session: `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/local` };
}

/** What decides about every request of a role's. */
export function policiesOf({ policies, boundary }: Role): Policies {
  return {
    identity: policies.flatMap((policy) => compilePolicy(policy, 'identity-based policy')),
    boundary: boundary && compilePolicy(boundary, 'permissions boundary'),
  };
}
