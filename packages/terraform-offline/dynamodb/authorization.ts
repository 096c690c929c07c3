import type { Access, Caller } from 'dynamodb-offline';
import type { AccessAnalyzer } from '../iam/access-analyzer';
import { OPERATOR, credentialsFor } from '../iam/credentials';
import { compilePolicy } from '../iam/evaluate';
import { requestKeys } from '../iam/request-keys';
import type { Role } from '../iam/role';
import { principalOf } from '../iam/role-policies';
import type { Table } from '../terraform/model/table';
import { accessDenied, serviceUnavailable, unrecognizedClient, type Refusal } from './refusal';

/** Undefined when the caller may; else what it gets, and what to log of it. */
export type AuthorizeCall = (caller: Caller, accesses: readonly Access[]) => Refusal | undefined;

/** Who may do what to the database. */
export interface Rights {
  /** Each calls with the credentials that `credentialsFor` gives it. */
  readonly roles: readonly Role[];
  readonly tables: readonly Pick<Table, 'resourcePolicies'>[];
}

/** Until the tables are there and the roles are known. */
export const operatorOnly: AuthorizeCall = ({ accessKeyId }) =>
  accessKeyId === OPERATOR.accessKeyId ? undefined : serviceUnavailable();

/** Decides by the policies of these roles and of what they ask for. */
export function authorizeRoles({ roles, tables }: Rights, analyzer: AccessAnalyzer): AuthorizeCall {
  const byKey = new Map(roles.map((role) => [credentialsFor(role).accessKeyId, role]));
  const ofResources = new Map(
    tables
      .flatMap(({ resourcePolicies = {} }) => Object.entries(resourcePolicies))
      .map(([arn, policy]) => [arn, compilePolicy(policy, 'resource-based policy')]),
  );
  return ({ accessKeyId, region, traceId: invocation }, accesses) => {
    if (accessKeyId === OPERATOR.accessKeyId) return undefined;
    const role = byKey.get(accessKeyId);
    if (!role) return unrecognizedClient(accessKeyId);
    for (const { action, resource: named, conditionKeys } of accesses) {
      const resource = inRegion(named, region);
      const keys = requestKeys({ region, own: () => ({ ...conditionKeys() }) });
      const access = { action, resource, keys, invocation };
      const decision = analyzer.decide(role, access, ofResources.get(withPolicy(resource)));
      if (decision.outcome !== 'allowed') {
        return accessDenied({ principal: principalOf(role), ...access }, decision);
      }
    }
    return undefined;
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
