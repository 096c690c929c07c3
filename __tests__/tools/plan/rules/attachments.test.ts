import { reviewPlan } from '../../../../tools/plan/review';
import { planOfMany, planOfOne, policy } from '../fixtures';

type Values = Record<string, unknown> | null;

const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const LOGS = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
const review = (type: string, before: Values, after: Values): string[] =>
  reviewPlan(planOfOne(type, before, after)).refusals.map(({ sentence }) => sentence);

it.each<[string, Values, Record<string, unknown>]>([
  ['aws_iam_role_policy_attachment', null, { role: 'r', policy_arn: ADMIN }],
  ['aws_iam_user_policy_attachment', null, { user: 'u', policy_arn: ADMIN }],
  ['aws_iam_group_policy_attachment', null, { group: 'g', policy_arn: ADMIN }],
  ['aws_iam_policy_attachment', null, { name: 'a', roles: ['r'], policy_arn: ADMIN }],
  ['aws_iam_role', { name: 'r', managed_policy_arns: [] }, { name: 'r', managed_policy_arns: [ADMIN] }],
  [
    'aws_iam_role_policy_attachments_exclusive',
    { role_name: 'r', policy_arns: [LOGS] },
    { role_name: 'r', policy_arns: [LOGS, ADMIN] },
  ],
])("refuses a policy of AWS's that the plan does not show, in %s", (type, before, after) => {
  expect(review(type, before, after)).toEqual([expect.stringContaining(ADMIN)]);
});

it('lets a function have what its kind needs', () => {
  expect(review('aws_iam_role_policy_attachment', null, { role: 'r', policy_arn: LOGS })).toEqual([]);
});

it('refuses a policy of the account that the plan does not show', () => {
  const policy_arn = 'arn:aws:iam::123456789012:policy/some';
  expect(review('aws_iam_role_policy_attachment', null, { role: 'r', policy_arn })).toHaveLength(1);
});

it('judges one that the plan shows for whoever gets it', () => {
  const arn = 'arn:aws:iam::123456789012:policy/some';
  const statement = {
    Effect: 'Allow',
    Action: 'dynamodb:GetItem',
    Resource: 'arn:aws:dynamodb:us-east-1:123456789012:table/items',
  };
  const refusals = (Action: string): readonly unknown[] => {
    const values = { arn, policy: policy({ ...statement, Action }) };
    return reviewPlan(
      planOfMany(
        ['aws_iam_policy.it', values, values],
        ['aws_iam_role_policy_attachment.it', null, { role: 'r', policy_arn: arn }],
      ),
    ).refusals;
  };
  expect(refusals('dynamodb:GetItem')).toEqual([]);
  expect(refusals('*')).toMatchObject([{ address: 'aws_iam_role_policy_attachment.it' }]);
});

it('lets an attachment move to another address, and go', () => {
  const values = { role: 'r', policy_arn: ADMIN };
  const plan = planOfMany(
    ['aws_iam_role_policy_attachment.old', values, null],
    ['aws_iam_role_policy_attachment.new', null, values],
  );
  expect(reviewPlan(plan).refusals).toEqual([]);
  expect(review('aws_iam_role_policy_attachment', values, null)).toEqual([]);
});

it('refuses to take away what denies', () => {
  const policy_arn = 'arn:aws:iam::aws:policy/AWSDenyAll';
  expect(review('aws_iam_role_policy_attachment', { role: 'r', policy_arn }, null)).toHaveLength(1);
});
