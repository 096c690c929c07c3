import type { Access, Caller } from 'dynamodb-offline';
import type { Role } from '../terraform/model';
import { OPERATOR, credentialsFor } from './credentials';
import { compilePolicies, type Decision } from './policy';
import { accessDenied, serviceUnavailable, unrecognizedClient, type Refusal } from './refusal';

/** Undefined when the caller may; else what it gets, and what to log of it. */
export type Authorizer = (
  caller: Caller,
  accesses: readonly Pick<Access, 'action' | 'resource'>[],
) => Refusal | undefined;

/** Decisions kept per role; names of tables come from requests, so there has to be an end to them. */
const KEPT_DECISIONS = 1000;

/** Until the tables are there and the roles are known. */
export const operatorOnly: Authorizer = ({ accessKeyId }) =>
  accessKeyId === OPERATOR.accessKeyId ? undefined : serviceUnavailable();

/** Decides by the policies of these roles, each known by the access key that `credentialsFor` gives it. */
export function authorizeRoles(roles: readonly Role[]): Authorizer {
  const principals = new Map(
    roles.map((role) => [
      credentialsFor(role).accessKeyId,
      { role, decide: remembering(compilePolicies(role.policies)) },
    ]),
  );
  return ({ accessKeyId, region }, accesses) => {
    if (accessKeyId === OPERATOR.accessKeyId) return undefined;
    const principal = principals.get(accessKeyId);
    if (!principal) return unrecognizedClient(accessKeyId);
    for (const { action, resource: named } of accesses) {
      const resource = inRegion(named, region);
      const decision = principal.decide(action, resource);
      if (decision.outcome !== 'allowed') {
        return accessDenied(principal.role.name, { action, resource }, decision);
      }
    }
    return undefined;
  };
}

/** What the log says of a role that may not do that; undefined when it may. */
export function roleRefusal(role: Role, action: string, resource: string): string | undefined {
  const decision = compilePolicies(role.policies)(action, resource);
  if (decision.outcome === 'allowed') return undefined;
  return accessDenied(role.name, { action, resource }, decision).log;
}

/** One database stands for those of all regions: a caller asks for what is in its own. */
function inRegion(arn: string, region: string): string {
  return arn.replace(/^(arn:aws:dynamodb:)[^:]*/, `$1${region}`);
}

function remembering(
  decide: (action: string, resource: string) => Decision,
): (action: string, resource: string) => Decision {
  const decisions = new Map<string, Decision>();
  return (action, resource) => {
    const key = `${action} ${resource}`;
    const known = decisions.get(key);
    if (known) return known;
    if (decisions.size >= KEPT_DECISIONS) decisions.clear();
    const decision = decide(action, resource);
    decisions.set(key, decision);
    return decision;
  };
}
