import { isAllowed, type Allowance, type Place } from './allowances';
import { digest } from './digest';
import type { Refusal, Review } from './review';

export type Outcome = 'no change' | 'changes' | 'refused';

/** A review after what is allowed. */
export interface Verdict extends Review {
  readonly outcome: Outcome;
  /** Refusals that stand. */
  readonly refused: readonly Refusal[];
  readonly allowed: readonly Refusal[];
}

/** As `terraform plan -detailed-exitcode` has them, and one more. */
export const EXIT_CODES: Readonly<Record<Outcome, number>> = { 'no change': 0, changes: 2, refused: 3 };

export interface Circumstances extends Place {
  readonly allowances: readonly Allowance[];
  /** Whether the environment has been deployed, so that a plan which finds nothing there is of another one. */
  readonly expectExisting: boolean;
}

/** Judges a review. */
export function judge(review: Review, circumstances: Circumstances): Verdict {
  const { stack, expectExisting, allowances } = circumstances;
  const refusals = [
    ...(expectExisting && review.isFirst ? [nothingThere(stack, review)] : []),
    ...review.refusals,
  ];
  const refused = refusals.filter((refusal) => !isAllowed(refusal, circumstances, allowances));
  return {
    ...review,
    refusals,
    outcome: outcomeOf(review, refused),
    refused,
    allowed: refusals.filter((refusal) => !refused.includes(refusal)),
  };
}

function nothingThere(stack: string, { changes }: Review): Refusal {
  return {
    rule: 'existing',
    address: stack,
    sentence:
      'would be made as if nothing of it were there, beside what is: look whether ENVIRONMENT, the bucket and the key of the state are those of the last deployment',
    digest: digest(changes.map(({ address }) => address)),
  };
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
