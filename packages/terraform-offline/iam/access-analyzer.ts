import {
  type AccessReport,
  type RecordedAccess,
  reportOf,
  type RoleUse,
  saysSomething,
  statementName,
} from './access-report';
import { parseArn } from './arn';
import { denialMessage, explanation } from './denial';
import {
  type CompiledStatement,
  type OnDecision,
  type Decision,
  evaluate,
  type Policies,
  type Request,
} from './evaluate';
import { requestKeys } from './request-keys';
import type { Role } from './role';
import { policiesOf, principalOf } from './role-policies';

/** A role's request, less who makes it. */
export type RoleAccess = Omit<Request, 'principal'>;

/** Kept per role; names of tables come from requests, so there has to be an end to them. */
const KEPT = 1000;

/** Decides about what roles ask for, and counts it, for as long as the local cloud runs. */
export class AccessAnalyzer {
  private readonly policies = new WeakMap<Role, Policies>();
  /** By role, then by action and resource. */
  private readonly accesses = new Map<string, Map<string, RecordedAccess>>();
  /** Everybody who has asked, as last seen. */
  private readonly asking = new Map<string, Role>();

  constructor(private readonly onDecision?: OnDecision) {}

  /** @param resource the policy of what is asked for. Default: it has none */
  decide(role: Role, access: RoleAccess, resource: readonly CompiledStatement[] = []): Decision {
    const policies = this.policies.get(role) ?? policiesOf(role);
    this.policies.set(role, policies);
    const request = { principal: principalOf(role), ...access };
    const decision = evaluate({ ...policies, resource }, request);
    this.record(role, request, decision);
    this.onDecision?.(request, decision);
    return decision;
  }

  /** What a role is told that may not do that, and what the log says; undefined when it may. */
  denial(
    role: Role,
    action: string,
    resource: string,
  ): { readonly message: string; readonly log: string } | undefined {
    const access = { action, resource, keys: requestKeys({ region: parseArn(resource).region }) };
    const decision = this.decide(role, access);
    if (decision.outcome === 'allowed') return undefined;
    const request = { principal: principalOf(role), ...access };
    return { message: denialMessage(request, decision), log: `IAM: ${explanation(request, decision)}` };
  }

  /** Of these, and of everybody else who has asked for something. */
  report(uses: readonly RoleUse[]): AccessReport {
    const known = new Set(uses.map(({ role }) => role.arn));
    const others = [...this.asking.values()].filter(({ arn }) => !known.has(arn));
    return {
      roles: [...uses, ...others.map((role) => ({ role, functions: [] }))]
        .map((use) => reportOf(use, [...(this.accesses.get(use.role.arn)?.values() ?? [])]))
        .filter(saysSomething),
    };
  }

  private record(role: Role, request: Request, decision: Decision): void {
    const { arn } = role;
    const { action, resource } = request;
    this.asking.set(arn, role);
    const ofRole = this.accesses.get(arn) ?? new Map<string, RecordedAccess>();
    this.accesses.set(arn, ofRole);
    const key = `${action} ${resource}`;
    const access = ofRole.get(key) ?? { action, resource, allowed: 0, denied: 0, grantedBy: [] };
    if (ofRole.size >= KEPT && !ofRole.has(key)) return;
    ofRole.set(key, access);
    if (decision.outcome === 'allowed') {
      access.allowed++;
      for (const statement of decision.by) {
        const name = statementName(statement);
        if (!access.grantedBy.includes(name)) access.grantedBy.push(name);
      }
    } else {
      access.denied++;
      access.refused = { principal: request.principal, denial: decision };
    }
  }
}
