import type { Allowance, Place } from '../allowances';
import type { Verdict } from '../verdict';

export interface ReviewedStack {
  readonly place: Place;
  readonly verdict: Verdict;
}

/** All there is to say. */
export interface Report {
  readonly stacks: readonly ReviewedStack[];
  /** Where allowances stand. */
  readonly file: string;
  /** Allowances that nothing called for. */
  readonly unneeded: readonly Allowance[];
}

/** What is said first of a plan that finds nothing there. */
export const FIRST = 'everything is made anew, as in a first deployment';
