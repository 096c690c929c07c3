import { changeOf, type Change } from './change';
import { digestOf } from './digest';
import { notesOf, type Note } from './notes';
import { asOneChange } from './one-change';
import type { PlanJson, ResourceChange } from './plan-json';
import { withLookups } from './plan';
import type { Rule, RuleContext } from './rule';
import { RULES, type RuleName } from './rules';

/** A reason not to apply a plan. */
export interface Refusal {
  readonly rule: RuleName;
  readonly address: string;
  /** What would happen to the resource, and what would be lost by it. The resource is its subject. */
  readonly sentence: string;
  /** Of what it is about, before and after: an allowance is for these values alone. */
  readonly digest: string;
}

export interface Review {
  readonly changes: readonly Change[];
  /** Names of the outputs that change. */
  readonly outputs: readonly string[];
  /** All of them, the ones a reviewer may allow included. */
  readonly refusals: readonly Refusal[];
  /** Rights that someone gets and that features need: a named action on a named resource. */
  readonly gains: readonly Note[];
  /** What should be known, or is left to do once the plan is applied. */
  readonly notes: readonly Note[];
  /** Whether everything is made and nothing was there: a first deployment, or one into the wrong environment. */
  readonly isFirst: boolean;
}

/**
 * What a plan does, and what speaks against it.
 * @param configuration the synthesized stack, in which policies can be read that the plan does not know yet
 */
export function reviewPlan(json: PlanJson, configuration?: RuleContext['configuration']): Review {
  const plan = withLookups(json);
  const context = { plan, ...(configuration && { configuration }) };
  const rules = Object.entries(RULES).map(([name, rule]) => ({
    name: name as RuleName,
    look: rule(context),
  }));
  const findings = asOneChange(plan)
    .filter((resource) => changeOf(resource) !== undefined)
    .flatMap((resource) => rules.flatMap((rule) => found(resource, rule)));
  const noted = (kind: 'gained' | 'noted'): Note[] =>
    findings
      .filter((finding) => finding.kind === kind)
      .map(({ address, sentence }) => ({ address, sentence }));
  return {
    changes: plan.resource_changes.flatMap((resource) => changeOf(resource) ?? []),
    outputs: Object.entries(plan.output_changes)
      .filter(([, { actions }]) => !actions.includes('no-op'))
      .map(([name]) => name),
    refusals: findings
      .filter(({ kind }) => kind === 'refused')
      .map(({ rule, address, sentence, digest }) => ({ rule, address, sentence, digest })),
    gains: noted('gained'),
    notes: [...noted('noted'), ...notesOf(plan)],
    isFirst: isFirst(plan),
  };
}

interface Found extends Refusal {
  readonly kind: 'refused' | 'gained' | 'noted';
}

function found(
  resource: ResourceChange,
  { name, look }: { readonly name: RuleName; readonly look: ReturnType<Rule> },
): Found[] {
  // What an earlier replacement has left is in no one's use: all there is to lose is what it holds.
  if (resource.deposed !== undefined && name !== 'loss') return [];
  return look(resource).map(({ kind, sentence, attributes, basis }) => ({
    kind,
    rule: name,
    address: resource.address,
    sentence,
    digest: digestOf(resource, attributes, basis),
  }));
}

function isFirst({ resource_changes }: PlanJson): boolean {
  const managed = resource_changes.filter(({ mode }) => mode === 'managed');
  return (
    managed.length > 0 &&
    managed.every(({ change }) => change.before === null && change.actions.includes('create'))
  );
}
