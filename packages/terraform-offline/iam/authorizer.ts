import type { Access, Caller } from 'dynamodb-offline';
import { ACCOUNT } from '../terraform/account';
import { parseArn } from '../terraform/arn';
import type { Role } from '../terraform/model';
import { OPERATOR, credentialsFor } from './credentials';
import { compilePolicy, type Decision, evaluate, type Policies } from './evaluate';
import type { Policy } from './policy';
import type { Principal } from './principal';
import { accessDenied, serviceUnavailable, unrecognizedClient, type Refusal } from './refusal';
import { requestKeys } from './request-keys';

/** Undefined when the caller may; else what it gets, and what to log of it. */
export type Authorizer = (caller: Caller, accesses: readonly Access[]) => Refusal | undefined;

/** Who may do what to the database. */
export interface Rights {
  /** Each calls with the credentials that `credentialsFor` gives it. */
  readonly roles: readonly Role[];
  /** The policies of tables and streams, by their ARNs. Default: there are none. */
  readonly resourcePolicies?: ReadonlyMap<string, Policy>;
}

/** Until the tables are there and the roles are known. */
export const operatorOnly: Authorizer = ({ accessKeyId }) =>
  accessKeyId === OPERATOR.accessKeyId ? undefined : serviceUnavailable();

/** Decides by the policies of these roles and of what they ask for. */
export function authorizeRoles({ roles, resourcePolicies = new Map() }: Rights): Authorizer {
  const byKey = new Map(
    roles.map((role) => [
      credentialsFor(role).accessKeyId,
      { principal: principalOf(role), policies: policiesOf(role) },
    ]),
  );
  const ofResources = new Map(
    [...resourcePolicies].map(([arn, policy]) => [arn, compilePolicy(policy, 'resource-based policy')]),
  );
  return ({ accessKeyId, region }, accesses) => {
    if (accessKeyId === OPERATOR.accessKeyId) return undefined;
    const caller = byKey.get(accessKeyId);
    if (!caller) return unrecognizedClient(accessKeyId);
    for (const { action, resource: named, conditionKeys } of accesses) {
      const resource = inRegion(named, region);
      const policies = { ...caller.policies, resource: ofResources.get(withPolicy(resource)) ?? [] };
      const keys = requestKeys({ region, own: () => ({ ...conditionKeys() }) });
      const request = { principal: caller.principal, action, resource, keys };
      const decision: Decision = evaluate(policies, request);
      if (decision.outcome !== 'allowed') return accessDenied(request, decision);
    }
    return undefined;
  };
}

/** What the log says of a role that may not do that; undefined when it may. */
export function roleRefusal(role: Role, action: string, resource: string): string | undefined {
  return roleDenial(role, action, resource)?.log;
}

/** What a role gets that may not do that, and what the log says; undefined when it may. */
export function roleDenial(role: Role, action: string, resource: string): Refusal | undefined {
  const keys = requestKeys({ region: parseArn(resource).region });
  const request = { principal: principalOf(role), action, resource, keys };
  const decision = evaluate(policiesOf(role), request);
  return decision.outcome === 'allowed' ? undefined : accessDenied(request, decision);
}

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

/** One database stands for those of all regions: a caller asks for what is in its own. */
function inRegion(arn: string, region: string): string {
  return arn.replace(/^(arn:aws:dynamodb:)[^:]*/, `$1${region}`);
}

/** A table's policy is that of its indexes too: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html */
function withPolicy(arn: string): string {
  return arn.replace(/\/index\/.*$/, '');
}
