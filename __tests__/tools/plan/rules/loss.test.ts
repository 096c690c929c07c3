import { reviewPlan } from '../../../../tools/plan/review';
import { planOfMany, planOfOne } from '../fixtures';

const refusals = (type: string, actions: string[]): string[] => {
  const after = actions.includes('create') ? { name: 'it' } : null;
  const change = { actions: actions as ['delete'] };
  return reviewPlan(planOfOne(type, { name: 'it' }, after, change)).refusals.map(({ sentence }) => sentence);
};

it.each([
  ['aws_dynamodb_table', ['delete'], 'destroys the table it: every item in it would be lost'],
  ['aws_dynamodb_table', ['delete', 'create'], 'replaces the table it'],
  ['aws_dynamodb_table', ['forget'], 'lets go of the table it'],
  ['aws_apigatewayv2_authorizer', ['delete'], 'destroys the authorizer it'],
  ['aws_lambda_function', ['delete'], 'destroys the function: who calls it by name'],
  ['aws_sqs_queue', ['create', 'delete'], 'replaces the queue it'],
  [
    'aws_new_service_thing',
    ['delete'],
    'destroys a resource of the type aws_new_service_thing: no rule says',
  ],
  ['aws_new_service_thing', ['delete', 'create'], 'replaces a resource of the type aws_new_service_thing'],
])('refuses %s %j', (type, actions, sentence) => {
  expect(refusals(type, actions)).toContainEqual(expect.stringContaining(sentence));
});

it.each([
  ['aws_api_gateway_deployment', ['create', 'delete']],
  ['aws_lambda_permission', ['delete']],
  ['aws_iam_role_policy', ['delete']],
  ['aws_lambda_layer_version', ['delete', 'create']],
  ['null_resource', ['delete', 'create']],
])('lets %s %j', (type, actions) => {
  expect(refusals(type, actions)).toEqual([]);
});

it('says of what an earlier replacement has left what it holds, and nothing else', () => {
  const plan = planOfMany(
    ['aws_dynamodb_table.it', { name: 'it' }, null],
    ['aws_apigatewayv2_route.it', {}, null],
  );
  const deposed = plan.resource_changes.map((resource) => ({ ...resource, deposed: 'abcd1234' }));
  expect(reviewPlan({ ...plan, resource_changes: deposed }).refusals).toEqual([
    expect.objectContaining({
      address: 'aws_dynamodb_table.it',
      sentence: expect.stringContaining('what an earlier replacement has left of the table it') as string,
    }),
  ]);
});

it('lets a role go that nothing has any more', () => {
  const arn = 'arn:aws:iam::123456789012:role/old';
  const role = ['aws_iam_role.old', { name: 'old', arn }, null] as const;
  expect(reviewPlan(planOfMany([...role])).refusals).toHaveLength(1);
  expect(
    reviewPlan(planOfMany([...role], ['aws_scheduler_schedule.it', { role_arn: arn }, { role_arn: 'other' }]))
      .refusals,
  ).toEqual([]);
});
