import { changeOf, type Change } from './change';
import { notesOf, type Note } from './notes';
import type { PlanJson } from './plan-json';
import type { RuleContext } from './rule';
import { RULES, type RuleName } from './rules';

/** A reason not to apply a plan. */
export interface Refusal {
  readonly rule: RuleName;
  readonly address: string;
  /** What would happen to the resource, and what would be lost by it. The resource is its subject. */
  readonly sentence: string;
}

export interface Review {
  readonly changes: readonly Change[];
  /** Names of the outputs that change. */
  readonly outputs: readonly string[];
  /** All of them, the ones a reviewer may allow included. */
  readonly refusals: readonly Refusal[];
  /** What is left to do once the plan is applied. */
  readonly notes: readonly Note[];
}

/**
 * What a plan does, and what speaks against it.
 * @param configuration the synthesized stack, in which policies can be read that the plan does not know yet
 */
export function reviewPlan(plan: PlanJson, configuration?: RuleContext['configuration']): Review {
  const context = { plan, ...(configuration && { configuration }) };
  return {
    changes: plan.resource_changes.flatMap((resource) => changeOf(resource) ?? []),
    outputs: Object.entries(plan.output_changes)
      .filter(([, { actions }]) => !actions.includes('no-op'))
      .map(([name]) => name),
    notes: notesOf(plan),
    refusals: plan.resource_changes
      .filter((resource) => changeOf(resource) !== undefined)
      .flatMap((resource) =>
        Object.entries(RULES).flatMap(([rule, speaks]) =>
          speaks(resource, context).map((sentence) => ({
            rule: rule as RuleName,
            address: resource.address,
            sentence,
          })),
        ),
      ),
  };
}
