import { ACCOUNT } from '../terraform/account';
import type { Role } from '../terraform/model/role';
import { compilePolicy, type Policies } from './evaluate';
import type { Principal } from './principal';

/** A role as it asks for something: with the session that a function has. */
export function principalOf({ name, arn }: Pick<Role, 'name' | 'arn'>): Principal {
  return { kind: 'AWS', name: arn, session: `arn:aws:sts::${ACCOUNT}:assumed-role/${name}/local` };
}

/** What decides about every request of a role's. */
export function policiesOf({ policies, boundary }: Role): Policies {
  return {
    identity: policies.flatMap((policy) => compilePolicy(policy, 'identity-based policy')),
    boundary: boundary && compilePolicy(boundary, 'permissions boundary'),
  };
}
