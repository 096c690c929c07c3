import type { Rule } from './rule';
import { access } from './rules/access';
import { attachments } from './rules/attachments';
import { iam } from './rules/iam';
import { loss } from './rules/loss';
import { order } from './rules/order';
import { protection } from './rules/protection';
import { sharing } from './rules/sharing';

/** Every rule a change is held to. The names are part of the file of allowances. */
export const RULES = { loss, order, access, iam, attachments, sharing, protection } satisfies Record<
  string,
  Rule
>;

/** `existing` is about a plan as a whole: that it finds something there. */
export type RuleName = keyof typeof RULES | 'existing';
