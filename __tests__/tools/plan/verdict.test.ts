import { reviewPlan, type Review } from '../../../tools/plan/review';
import { EXIT_CODES, judge, worst, type Verdict } from '../../../tools/plan/verdict';
import { configurationOf, planOf } from './fixtures';

const judged = (review: Review, expectExisting = false): Verdict =>
  judge(review, { environment: 'staging', stack: 'data-api', allowances: [], expectExisting });
const first = reviewPlan(planOf('first'), configurationOf('first'));

it('has terraform’s exit codes for no change and for changes, and its own for a refusal', () => {
  const outcome = (name: string): number =>
    EXIT_CODES[judged(reviewPlan(planOf(name), configurationOf('first'))).outcome];

  expect([outcome('unchanged'), outcome('first'), outcome('removed')]).toEqual([0, 2, 3]);
});

it('refuses to make everything anew where something is expected', () => {
  expect(judged(first)).toMatchObject({ outcome: 'changes', isFirst: true });
  expect(judged(first, true)).toMatchObject({
    outcome: 'refused',
    refused: [{ rule: 'existing', address: 'data-api' }],
  });
  expect(judged(reviewPlan(planOf('renamed-stage')), true).refused).not.toContainEqual(
    expect.objectContaining({ rule: 'existing' }),
  );
});

it('is as grave as the gravest stack', () => {
  expect(worst(['no change', 'refused', 'changes'])).toBe('refused');
  expect(worst(['no change', 'changes'])).toBe('changes');
  expect(worst(['no change'])).toBe('no change');
});
