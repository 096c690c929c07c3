import type { Rule } from './rule';
import { iam } from './rules/iam';
import { loss } from './rules/loss';
import { order } from './rules/order';
import { authorization, protection, throttling } from './rules/settings';

/** Every rule a plan is held to. The names are part of the command line: `--allow loss:<address>`. */
export const RULES = { loss, order, iam, authorization, throttling, protection } satisfies Record<
  string,
  Rule
>;

export type RuleName = keyof typeof RULES;
