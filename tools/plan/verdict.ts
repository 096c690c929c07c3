import type { Refusal, Review } from './review';

export type Outcome = 'no change' | 'changes' | 'refused';

/** A review after what the caller allows. */
export interface Verdict extends Review {
  readonly outcome: Outcome;
  /** Refusals that stand. */
  readonly refused: readonly Refusal[];
  readonly allowed: readonly Refusal[];
}

/** As `terraform plan -detailed-exitcode` has them, and one more. */
export const EXIT_CODES: Readonly<Record<Outcome, number>> = { 'no change': 0, changes: 2, refused: 3 };

/**
 * Judges a review.
 * @param allow addresses, or `<rule>:<address>` for that rule alone
 */
export function judge(review: Review, allow: readonly string[]): Verdict {
  const isAllowed = ({ rule, address }: Refusal): boolean =>
    allow.includes(address) || allow.includes(`${rule}:${address}`);
  const refused = review.refusals.filter((refusal) => !isAllowed(refusal));
  return {
    ...review,
    outcome: outcomeOf(review, refused),
    refused,
    allowed: review.refusals.filter(isAllowed),
  };
}

/** What was allowed but is refused nowhere: a mistyped address, or an allowance that is no longer needed. */
export function unused(verdicts: readonly Verdict[], allow: readonly string[]): string[] {
  const used = new Set(
    verdicts.flatMap(({ allowed }) =>
      allowed.flatMap(({ rule, address }) => [address, `${rule}:${address}`]),
    ),
  );
  return allow.filter((name) => !used.has(name));
}

/** The gravest of several outcomes. */
export function worst(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('refused')) return 'refused';
  return outcomes.includes('changes') ? 'changes' : 'no change';
}

function outcomeOf({ changes, outputs }: Review, refused: readonly Refusal[]): Outcome {
  if (refused.length > 0) return 'refused';
  return changes.length + outputs.length > 0 ? 'changes' : 'no change';
}
