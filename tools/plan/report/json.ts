import { worst } from '../verdict';
import type { Report } from './report';

/**
 * For machines: `{outcome, stacks: {<name>: {outcome, isFirst, changes, outputs, refused, allowed, gains, notes}}, unneeded}`.
 */
export function jsonReport({ stacks, unneeded }: Report): string {
  const outcome = worst(stacks.map(({ verdict }) => verdict.outcome));
  const verdicts = stacks.map(({ place, verdict: { refusals: _, ...rest } }) => [place.stack, rest] as const);
  return JSON.stringify({ outcome, stacks: Object.fromEntries(verdicts), unneeded }, undefined, 2);
}
