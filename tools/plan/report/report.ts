import type { Verdict } from '../verdict';

export interface ReviewedStack {
  readonly name: string;
  readonly verdict: Verdict;
}

/** All there is to say. */
export interface Report {
  readonly stacks: readonly ReviewedStack[];
  /** Allowances that nothing called for. */
  readonly unused: readonly string[];
}
