import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { Refusal } from './review';

const allowance = z.strictObject({
  /** Of which environment; default: of all. */
  environment: z.optional(z.string()),
  /** Of which stack; default: of all. */
  stack: z.optional(z.string()),
  rule: z.string(),
  address: z.string(),
  /** As the refusal has it. */
  digest: z.string(),
  /** For people. */
  reason: z.optional(z.string()),
});

/** One change that somebody has allowed, reviewed together with it. */
export type Allowance = z.infer<typeof allowance>;

/** Where a plan is of: what an allowance may be limited to. */
export interface Place {
  readonly environment: string;
  readonly stack: string;
}

/**
 * The allowances in a file; none when it is not there.
 * @throws when it is something else, saying where
 */
export function readAllowances(file: string): readonly Allowance[] {
  if (!existsSync(file)) return [];
  const parsed = z.array(allowance).safeParse(parseJson(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(
    `${file}: expected a list of {environment, stack, rule, address, digest}, ${z.prettifyError(parsed.error)}`,
  );
}

/** What would allow exactly this, as it stands in the file. */
export function allowanceFor({ rule, address, digest }: Refusal, { environment, stack }: Place): Allowance {
  return { environment, stack, rule, address, digest };
}

export function isAllowed(refusal: Refusal, place: Place, allowances: readonly Allowance[]): boolean {
  return allowances.some((allowance) => allows(allowance, refusal, place));
}

/** Those of these places that no refusal needs: the change has been applied, or is not what it was. */
export function unneeded(
  allowances: readonly Allowance[],
  reviewed: readonly { readonly place: Place; readonly refusals: readonly Refusal[] }[],
): Allowance[] {
  return allowances.filter((allowance) => {
    const places = reviewed.filter(({ place }) => isOf(allowance, place));
    return (
      places.length > 0 &&
      !places.some(({ place, refusals }) => refusals.some((refusal) => allows(allowance, refusal, place)))
    );
  });
}

function allows(allowance: Allowance, refusal: Refusal, place: Place): boolean {
  return (
    isOf(allowance, place) &&
    allowance.rule === refusal.rule &&
    allowance.address === refusal.address &&
    allowance.digest === refusal.digest
  );
}

function isOf({ environment, stack }: Allowance, place: Place): boolean {
  return (
    (environment === undefined || environment === place.environment) &&
    (stack === undefined || stack === place.stack)
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
