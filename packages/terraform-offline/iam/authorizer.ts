import type { Role } from '../terraform/model';
import { requiredAccess } from './access';
import { OPERATOR, credentialsFor } from './credentials';
import { compilePolicies, type Decision } from './policy';
import { accessDenied, serviceUnavailable, unrecognizedClient, type Refusal } from './refusal';

/** Who asks, taken from the request's signature. */
export interface Caller {
  readonly accessKeyId: string;
  readonly region: string;
}

/** Undefined when the caller may; else what to answer, and what to log of it. */
export type Authorize = (caller: Caller, operation: string, body: Buffer) => Refusal | undefined;

/** Decisions kept per role; names of tables come from requests, so there has to be an end to them. */
const KEPT_DECISIONS = 1000;

/** Until the tables are there and the roles are known. */
export const operatorOnly: Authorize = ({ accessKeyId }) =>
  accessKeyId === OPERATOR.accessKeyId ? undefined : serviceUnavailable();

/** Decides by the policies of these roles, each known by the access key that `credentialsFor` gives it. */
export function authorizeRoles(roles: readonly Role[]): Authorize {
  const principals = new Map(
    roles.map((role) => [
      credentialsFor(role).accessKeyId,
      { role, decide: remembering(compilePolicies(role.policies)) },
    ]),
  );
  return ({ accessKeyId, region }, operation, body) => {
    if (accessKeyId === OPERATOR.accessKeyId) return undefined;
    const principal = principals.get(accessKeyId);
    if (!principal) return unrecognizedClient(accessKeyId);
    for (const access of requiredAccess(operation, parse(body), region)) {
      const decision = principal.decide(access.action, access.resource);
      if (decision.outcome !== 'allowed') return accessDenied(principal.role.name, access, decision);
    }
    return undefined;
  };
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

/** What is no JSON is refused by the database itself, once the caller may do the operation at all. */
export function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
