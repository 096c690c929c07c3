import { reviewPlan } from '../../../tools/plan/review';
import { EXIT_CODES, judge, unused, worst } from '../../../tools/plan/verdict';
import { configurationOf, planOf } from './fixtures';

const TABLE = 'aws_dynamodb_table.table_43360BC0';
const removed = reviewPlan(planOf('removed'));

it('has terraform’s exit codes for no change and for changes, and its own for a refusal', () => {
  const outcome = (name: string): number =>
    EXIT_CODES[judge(reviewPlan(planOf(name), configurationOf('first')), []).outcome];

  expect([outcome('unchanged'), outcome('first'), outcome('removed')]).toEqual([0, 2, 3]);
});

it.each([TABLE, `loss:${TABLE}`])('allows by name: %s', (name) => {
  const { allowed, refused } = judge(removed, [name]);

  expect(allowed.map(({ address }) => address)).toEqual([TABLE]);
  expect(refused.map(({ address }) => address)).not.toContain(TABLE);
});

it('does not allow another rule, or another resource', () => {
  expect(judge(removed, [`iam:${TABLE}`, 'aws_dynamodb_table.other', 'loss']).allowed).toEqual([]);
});

it('changes once everything refused is allowed', () => {
  const names = removed.refusals.map(({ address }) => address);
  expect(judge(removed, names).outcome).toBe('changes');
});

it('tells allowances that nothing called for', () => {
  const allow = [TABLE, 'aws_dynamodb_table.mistyped'];
  expect(unused([judge(removed, allow)], allow)).toEqual(['aws_dynamodb_table.mistyped']);
});

it('is as grave as the gravest stack', () => {
  expect(worst(['no change', 'refused', 'changes'])).toBe('refused');
  expect(worst(['no change', 'changes'])).toBe('changes');
  expect(worst(['no change'])).toBe('no change');
});
