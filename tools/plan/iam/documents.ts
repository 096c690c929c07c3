import { isUnknown } from '../change';
import type { ResourceChange } from '../plan-json';
import type { RuleContext } from '../rule';
import { parsePolicy, type Policy } from './policy';

/** A policy of a resource before and after the change. */
export interface PolicyChange {
  readonly before?: Policy;
  /** `unknown` when the plan cannot say yet, and the configuration's text is not at hand. */
  readonly after: Policy | 'unknown';
}

/** The policies that a resource will have, whatever the attribute that holds them is called. */
export function policyChanges(resource: ResourceChange, context: RuleContext): PolicyChange[] {
  const { before, after } = resource.change;
  if (!after) return [];
  return attributes(resource).flatMap((attribute) => {
    const policy = policyAfter(resource, attribute, context);
    return policy ? [{ before: parsePolicy(before?.[attribute]), after: policy }] : [];
  });
}

function attributes({ change }: ResourceChange): string[] {
  return [...new Set([...Object.keys(change.after ?? {}), ...Object.keys(change.after_unknown ?? {})])];
}

function policyAfter(
  resource: ResourceChange,
  attribute: string,
  context: RuleContext,
): Policy | 'unknown' | undefined {
  const { after, after_unknown: unknown } = resource.change;
  if (!isUnknown(unknown, [attribute])) return parsePolicy(after?.[attribute]);
  const { type, name } = resource;
  const text = parsePolicy(context.configuration?.resource[type]?.[name]?.[attribute]);
  if (text) return text;
  return attribute.endsWith('policy') && isConfigured(resource, attribute, context) ? 'unknown' : undefined;
}

/** Whether someone wrote it; providers make up the rest, such as a role's own `inline_policy`. */
function isConfigured({ address }: ResourceChange, attribute: string, { plan }: RuleContext): boolean {
  // Without its configuration a plan cannot tell, and a policy that nobody saw must not pass.
  if (!plan.configuration) return true;
  const { resources } = plan.configuration.root_module;
  const found = resources.find(
    (resource) => address === resource.address || address.startsWith(`${resource.address}[`),
  );
  return found !== undefined && attribute in found.expressions;
}
