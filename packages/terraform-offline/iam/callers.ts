import { ACCOUNT } from './arn';
import { type Credentials, credentialsFor, OPERATOR } from './credentials';
import type { Principal } from './principal';
import type { IamPrincipal } from './role';
import { principalOf } from './role-policies';

/** Whoever may sign requests here. */
export interface Caller {
  readonly credentials: Credentials;
  /** `AROA…:local` of a role's session, `AIDA…` of a user. */
  readonly id: string;
  /** Its ARN: of a role's session, or of a user. */
  readonly arn: string;
  readonly principal: Principal;
  /** Whose policies decide about it. Undefined: it may do everything. */
  readonly identity: IamPrincipal | undefined;
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
    identity: undefined,
  };
  return new Map(
    [operator, ...principals.map(callerOf)].map((caller) => [caller.credentials.accessKeyId, caller]),
  );
}

function callerOf(one: IamPrincipal): Caller {
  const { kind, id, arn } = one;
  const principal = principalOf(one);
  return {
    credentials: credentialsFor(one),
    id: kind === 'role' ? `${id}:local` : id,
    arn: principal.session ?? arn,
    principal,
    identity: one,
  };
}
