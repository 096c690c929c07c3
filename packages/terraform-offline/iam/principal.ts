import type { Principals, Statement } from './policy';

/** Who makes a request. */
export interface Principal {
  readonly kind: 'AWS' | 'Service' | 'Anonymous';
  /** The ARN of the role or user, or the service: `lambda.amazonaws.com`; empty for anonymous. */
  readonly name: string;
  /** What it is called in error messages: a role's session. Default: its name. */
  readonly session?: string;
}

/** How directly a statement means a principal; undefined when it does not. */
export type Meant = 'session' | 'principal' | 'account' | undefined;

/**
 * Whether a statement of a trust or resource-based policy means the principal. An account's ARN leaves the decision to the
 * identity-based policies of the account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function meaning({ effect, principals, notPrincipals }: Statement, principal: Principal): Meant {
  if (notPrincipals) return among(notPrincipals, principal) ? undefined : 'principal';
  const meant = among(principals ?? {}, principal);
  // A Deny for the account is one for everybody in it.
  return meant === 'account' && effect === 'Deny' ? 'principal' : meant;
}

function among(principals: Principals, principal: Principal): Meant {
  const { kind, name, session } = principal;
  if (principals.AWS?.includes('*')) return 'principal';
  if (kind === 'Anonymous') return undefined;
  const names = principals[kind] ?? [];
  if (session !== undefined && names.includes(session)) return 'session';
  if (names.includes(name)) return 'principal';
  if (kind !== 'AWS') return undefined;
  const account = name.split(':')[4] ?? '';
  return names.some((one) => one === account || one === `arn:aws:iam::${account}:root`)
    ? 'account'
    : undefined;
}
