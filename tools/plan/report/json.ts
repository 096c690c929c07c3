import { worst } from '../verdict';
import type { Report } from './report';

/** For machines: `{outcome, stacks: {<name>: {outcome, changes, outputs, refused, allowed, notes}}, unused}`. */
export function jsonReport({ stacks, unused }: Report): string {
  const outcome = worst(stacks.map(({ verdict }) => verdict.outcome));
  const verdicts = stacks.map(({ name, verdict: { refusals: _, ...rest } }) => [name, rest] as const);
  return JSON.stringify({ outcome, stacks: Object.fromEntries(verdicts), unused }, undefined, 2);
}
