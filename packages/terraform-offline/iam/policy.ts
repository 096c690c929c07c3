import type { PolicyDocument, PolicyStatement } from '../terraform/model';
import { wildcards } from './wildcards';

export type Decision =
  | { readonly outcome: 'allowed' }
  /** No statement allows it. */
  | { readonly outcome: 'implicitly-denied' }
  /** A `Deny` applies: the name of its policy. */
  | { readonly outcome: 'explicitly-denied'; readonly policy: string };

interface CompiledStatement {
  readonly effect: PolicyStatement['effect'];
  readonly policy: string;
  applies(action: string, resource: string): boolean;
}

/**
 * A role's identity-based policies as one decision: a Deny that applies wins, else an Allow that applies, else denied.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function compilePolicies(
  policies: readonly PolicyDocument[],
): (action: string, resource: string) => Decision {
  const statements = policies.flatMap(({ name, statements }) =>
    statements.map((statement) => compile(name, statement)),
  );
  return (action, resource) => {
    const applying = statements.filter((statement) => statement.applies(action, resource));
    const deny = applying.find(({ effect }) => effect === 'Deny');
    if (deny) return { outcome: 'explicitly-denied', policy: deny.policy };
    return { outcome: applying.length > 0 ? 'allowed' : 'implicitly-denied' };
  };
}

function compile(policy: string, statement: PolicyStatement): CompiledStatement {
  // Actions are not case-sensitive, resources are.
  const action = elementMatcher(statement.actions, statement.notActions, 'i');
  const resource = elementMatcher(statement.resources, statement.notResources, '');
  return { policy, effect: statement.effect, applies: (a, r) => action(a) && resource(r) };
}

/** Grammar allows either the element or its `Not…` form, never both. */
function elementMatcher(
  patterns: readonly string[],
  notPatterns: readonly string[],
  flags: '' | 'i',
): (value: string) => boolean {
  if (notPatterns.length > 0) {
    const excluded = notPatterns.map((pattern) => wildcards(pattern, flags));
    return (value) => !excluded.some((pattern) => pattern.test(value));
  }
  const included = patterns.map((pattern) => wildcards(pattern, flags));
  return (value) => included.some((pattern) => pattern.test(value));
}
