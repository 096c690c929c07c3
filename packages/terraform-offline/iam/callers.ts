import { ACCOUNT } from '../terraform/account';
import type { IamPrincipal } from '../terraform/model/role';
import type { Credentials } from '../lambda/variables';

import { credentialsFor, OPERATOR } from './credentials';
import type { Policies } from './evaluate';
import type { Principal } from './principal';
import { policiesOf, principalOf } from './role-policies';

/** Whoever may sign requests here. */
export interface Caller {
  readonly credentials: Credentials;
  /** `AROA…:local` of a role's session, `AIDA…` of a user. */
  readonly id: string;
  /** Its ARN: of a role's session, or of a user. */
  readonly arn: string;
  readonly principal: Principal;
  /** Undefined: it may do everything. */
  readonly policies: Policies | undefined;
}

/** By access key. */
export type Callers = ReadonlyMap<string, Caller>;

/** The roles and users of all stacks, and the operator, who is the account's root user. */
export function callersOf(principals: readonly IamPrincipal[]): Callers {
  const root = `arn:aws:iam::${ACCOUNT}:root`;
  const operator: Caller = {
    credentials: OPERATOR,
    id: ACCOUNT,
    arn: root,
    principal: { kind: 'AWS', name: root },
    policies: undefined,
  };
  return new Map(
    [operator, ...principals.map(callerOf)].map((caller) => [caller.credentials.accessKeyId, caller]),
  );
}

function callerOf(one: IamPrincipal): Caller {
  const { kind, id, arn } = one;
  const principal: Principal = kind === 'role' ? principalOf(one) : { kind: 'AWS', name: arn };
  return {
    credentials: credentialsFor(one),
    id: kind === 'role' ? `${id}:local` : id,
    arn: principal.session ?? arn,
    principal,
    policies: policiesOf(one),
  };
}
