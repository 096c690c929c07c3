import { compilePolicies } from '../../../../packages/terraform-offline/iam/policy';
import type { PolicyStatement } from '../../../../packages/terraform-offline/terraform/model';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/Books';

function statement(effect: 'Allow' | 'Deny', elements: Partial<PolicyStatement>): PolicyStatement {
  return { effect, actions: [], notActions: [], resources: [], notResources: [], ...elements };
}

function decide(statements: PolicyStatement[], action = 'dynamodb:GetItem', resource = TABLE): string {
  return compilePolicies([{ name: 'inline', statements }])(action, resource).outcome;
}

const allowAll = statement('Allow', { actions: ['*'], resources: ['*'] });

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html
it.each<[what: string, statements: PolicyStatement[], outcome: string]>([
  ['nothing', [], 'implicitly-denied'],
  [
    'an Allow of another action',
    [statement('Allow', { actions: ['dynamodb:PutItem'], resources: ['*'] })],
    'implicitly-denied',
  ],
  [
    'an Allow on another table',
    [statement('Allow', { actions: ['dynamodb:*'], resources: [`${TABLE}2`] })],
    'implicitly-denied',
  ],
  [
    'an Allow of action and table',
    [statement('Allow', { actions: ['dynamodb:GetItem'], resources: [TABLE] })],
    'allowed',
  ],
  [
    'a Deny alone',
    [statement('Deny', { actions: ['dynamodb:GetItem'], resources: ['*'] })],
    'explicitly-denied',
  ],
  [
    'a Deny after an Allow',
    [allowAll, statement('Deny', { actions: ['dynamodb:Get*'], resources: [TABLE] })],
    'explicitly-denied',
  ],
  [
    'a Deny before an Allow',
    [statement('Deny', { actions: ['dynamodb:Get*'], resources: [TABLE] }), allowAll],
    'explicitly-denied',
  ],
  [
    'a Deny of something else beside an Allow',
    [allowAll, statement('Deny', { actions: ['dynamodb:DeleteItem'], resources: ['*'] })],
    'allowed',
  ],
])('GetItem with %s is %3$s', (_, statements, outcome) => {
  expect(decide(statements)).toBe(outcome);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
it.each<[pattern: string, applies: boolean]>([
  ['dynamodb:GetItem', true],
  ['dynamodb:getitem', true],
  ['DynamoDB:GETITEM', true],
  ['dynamodb:Get*', true],
  ['dynamodb:*Item', true],
  ['dynamodb:GetIte?', true],
  ['*', true],
  ['dynamodb:Get', false],
  ['dynamodb:GetItem?', false],
  ['s3:*', false],
  ['dynamodb.GetItem', false],
])('the action %s covers dynamodb:GetItem: %s', (pattern, applies) => {
  const statements = [statement('Allow', { actions: [pattern], resources: ['*'] })];
  expect(decide(statements)).toBe(applies ? 'allowed' : 'implicitly-denied');
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
it.each<[pattern: string, applies: boolean]>([
  [TABLE, true],
  ['*', true],
  ['arn:aws:dynamodb:us-east-1:000000000000:table/*', true],
  ['arn:aws:dynamodb:*:000000000000:table/Boo?s', true],
  ['arn:aws:dynamodb:us-east-1:*', true],
  [`${TABLE}/index/*`, false],
  ['arn:aws:dynamodb:us-east-1:000000000000:table/books', false],
  ['arn:aws:dynamodb:eu-west-1:000000000000:table/Books', false],
  ['arn:aws:dynamodb:us-east-1:000000000000:table/Boo', false],
])('the resource %s covers the table Books: %s', (pattern, applies) => {
  const statements = [statement('Allow', { actions: ['dynamodb:GetItem'], resources: [pattern] })];
  expect(decide(statements)).toBe(applies ? 'allowed' : 'implicitly-denied');
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html
it.each<[what: string, statements: PolicyStatement[], outcome: string]>([
  [
    'an Allow with NotAction of another action',
    [statement('Allow', { notActions: ['dynamodb:Delete*'], resources: ['*'] })],
    'allowed',
  ],
  [
    'an Allow with NotAction of this action',
    [statement('Allow', { notActions: ['iam:*', 'dynamodb:Get*'], resources: ['*'] })],
    'implicitly-denied',
  ],
  [
    'a Deny with NotAction of another action',
    [allowAll, statement('Deny', { notActions: ['iam:*'], resources: ['*'] })],
    'explicitly-denied',
  ],
  [
    'an Allow with NotResource of another table',
    [statement('Allow', { actions: ['dynamodb:*'], notResources: [`${TABLE}2`] })],
    'allowed',
  ],
  [
    'an Allow with NotResource of this table',
    [statement('Allow', { actions: ['dynamodb:*'], notResources: ['*:table/Books'] })],
    'implicitly-denied',
  ],
  [
    'a Deny with NotResource of this table',
    [allowAll, statement('Deny', { actions: ['*'], notResources: [TABLE] })],
    'allowed',
  ],
])('GetItem with %s is decided by what is not named', (_, statements, outcome) => {
  expect(decide(statements)).toBe(outcome);
});

it('names the policy whose Deny applies', () => {
  const policies = [
    { name: 'grants', statements: [allowAll] },
    { name: 'limits', statements: [statement('Deny', { actions: ['*'], resources: ['*'] })] },
  ];
  expect(compilePolicies(policies)('dynamodb:GetItem', TABLE)).toEqual({
    outcome: 'explicitly-denied',
    policy: 'limits',
  });
});
