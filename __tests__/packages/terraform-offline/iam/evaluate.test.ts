import {
  compilePolicy,
  type Decision,
  evaluate,
  type Request,
} from '../../../../packages/terraform-offline/iam/evaluate';
import type { Policy, Statement } from '../../../../packages/terraform-offline/iam/policy';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/Books';

function statement(effect: 'Allow' | 'Deny', elements: Partial<Statement>): Statement {
  return { effect, actions: [], notActions: [], resources: [], notResources: [], ...elements };
}

const ROLE = {
  kind: 'AWS',
  name: 'arn:aws:iam::000000000000:role/reader',
  session: 'arn:aws:sts::000000000000:assumed-role/reader/local',
} as const;

function evaluated(identity: Policy[], more: Partial<Request> = {}): Decision {
  return evaluate(
    { identity: identity.flatMap((policy) => compilePolicy(policy, 'identity-based policy')) },
    { principal: ROLE, action: 'dynamodb:GetItem', resource: TABLE, ...more },
  );
}

function decide(statements: Statement[], more: Partial<Request> = {}): string {
  return evaluated([{ name: 'inline', version: '2012-10-17', statements }], more).outcome;
}

const allowAll = statement('Allow', { actions: ['*'], resources: ['*'] });

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html
it.each<[what: string, statements: Statement[], outcome: string]>([
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
it.each<[what: string, statements: Statement[], outcome: string]>([
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

it('names the statement whose Deny applies', () => {
  const policies = [
    { name: 'grants', statements: [allowAll] },
    {
      name: 'limits',
      statements: [allowAll, statement('Deny', { sid: 'Nothing', actions: ['*'], resources: ['*'] })],
    },
  ];
  expect(evaluated(policies)).toEqual({
    outcome: 'explicitly-denied',
    by: { type: 'identity-based policy', policy: 'limits', index: 1, sid: 'Nothing' },
  });
});

describe('with a boundary and a resource’s policy', () => {
  const get = { actions: ['dynamodb:GetItem'], resources: [TABLE] };
  const of = (type: 'permissions boundary' | 'resource-based policy', ...statements: Statement[]) =>
    compilePolicy({ name: 'other', version: '2012-10-17', statements }, type);
  const identity = (...statements: Statement[]) =>
    compilePolicy({ name: 'own', version: '2012-10-17', statements }, 'identity-based policy');
  const request = { principal: ROLE, action: 'dynamodb:GetItem', resource: TABLE };
  const toRole = { AWS: [ROLE.name] };
  const toAccount = { AWS: ['arn:aws:iam::000000000000:root'] };

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
  it.each<[what: string, policies: Parameters<typeof evaluate>[0], decision: unknown]>([
    [
      'the boundary allows what the role may',
      { identity: identity(statement('Allow', get)), boundary: of('permissions boundary', allowAll) },
      { outcome: 'allowed' },
    ],
    [
      'the boundary does not allow what the role may',
      { identity: identity(allowAll), boundary: of('permissions boundary') },
      { outcome: 'implicitly-denied', lacking: 'permissions boundary' },
    ],
    [
      'the boundary alone allows it: it grants nothing',
      { boundary: of('permissions boundary', allowAll) },
      { outcome: 'implicitly-denied', lacking: 'identity-based policy' },
    ],
    [
      'the boundary denies it',
      {
        identity: identity(allowAll),
        boundary: of('permissions boundary', allowAll, statement('Deny', get)),
      },
      { outcome: 'explicitly-denied', by: { type: 'permissions boundary', index: 1 } },
    ],
    [
      'the resource’s policy alone allows the role',
      { resource: of('resource-based policy', statement('Allow', { ...get, principals: toRole })) },
      { outcome: 'allowed' },
    ],
    [
      'the resource’s policy allows everybody',
      { resource: of('resource-based policy', statement('Allow', { ...get, principals: { AWS: ['*'] } })) },
      { outcome: 'allowed' },
    ],
    [
      'the resource’s policy allows another role',
      {
        resource: of('resource-based policy', statement('Allow', { ...get, principals: { AWS: ['arn:x'] } })),
      },
      { outcome: 'implicitly-denied', lacking: 'identity-based policy' },
    ],
    [
      'the resource’s policy allows the account, and the role’s own does not',
      { resource: of('resource-based policy', statement('Allow', { ...get, principals: toAccount })) },
      { outcome: 'implicitly-denied', lacking: 'identity-based policy' },
    ],
    [
      'the resource’s policy allows the role, and the boundary does not',
      {
        boundary: of('permissions boundary'),
        resource: of('resource-based policy', statement('Allow', { ...get, principals: toRole })),
      },
      { outcome: 'implicitly-denied', lacking: 'permissions boundary' },
    ],
    [
      'the resource’s policy allows the session, which no boundary limits',
      {
        boundary: of('permissions boundary'),
        resource: of(
          'resource-based policy',
          statement('Allow', { ...get, principals: { AWS: [ROLE.session] } }),
        ),
      },
      { outcome: 'allowed' },
    ],
    [
      'the resource’s policy denies the account',
      {
        identity: identity(allowAll),
        resource: of('resource-based policy', statement('Deny', { ...get, principals: toAccount })),
      },
      { outcome: 'explicitly-denied', by: { type: 'resource-based policy' } },
    ],
    [
      'the resource’s policy denies all but the role',
      {
        identity: identity(allowAll),
        resource: of('resource-based policy', statement('Deny', { ...get, notPrincipals: toRole })),
      },
      { outcome: 'allowed' },
    ],
  ])('%s', (_, policies, decision) => {
    expect(evaluate(policies, request)).toMatchObject(decision as object);
  });

  it('lets a service do only what the resource’s policy says', () => {
    const principal = { kind: 'Service', name: 'lambda.amazonaws.com' } as const;
    const trust = (service: string) =>
      of(
        'resource-based policy',
        statement('Allow', { actions: ['sts:AssumeRole'], principals: { Service: [service] } }),
      );
    const outcome = (service: string) =>
      evaluate({ resource: trust(service) }, { principal, action: 'sts:AssumeRole', resource: '' }).outcome;
    expect([outcome('lambda.amazonaws.com'), outcome('ec2.amazonaws.com')]).toEqual([
      'allowed',
      'implicitly-denied',
    ]);
  });
});

// What is not known refuses.
it.each<[what: string, statements: Statement[], outcome: string]>([
  [
    'an Allow with it',
    [statement('Allow', { actions: ['*'], resources: ['*'], conditions: [tagged('StringEquals')] })],
    'implicitly-denied',
  ],
  [
    'an Allow with its absence',
    [statement('Allow', { actions: ['*'], resources: ['*'], conditions: [tagged('StringNotEquals')] })],
    'implicitly-denied',
  ],
  [
    'a Deny with it',
    [allowAll, statement('Deny', { actions: ['*'], resources: ['*'], conditions: [tagged('StringEquals')] })],
    'explicitly-denied',
  ],
  [
    'an Allow on a resource named by it',
    [statement('Allow', { actions: ['*'], resources: ['*${aws:PrincipalTag/team}'] })],
    'implicitly-denied',
  ],
  [
    'an Allow on all resources but one named by it',
    [statement('Allow', { actions: ['*'], notResources: ['${aws:PrincipalTag/team}'] })],
    'implicitly-denied',
  ],
  [
    'a Deny on a resource named by it',
    [allowAll, statement('Deny', { actions: ['*'], resources: ['${aws:PrincipalTag/team}'] })],
    'explicitly-denied',
  ],
])('a condition key that is not known: %s is %3$s', (_, statements, outcome) => {
  expect(decide(statements)).toBe(outcome);
});

function tagged(operator: string) {
  return { operator, key: 'aws:PrincipalTag/team', values: ['red'] };
}

it('says which condition withholds an Allow', () => {
  const conditions = [{ operator: 'StringEquals', key: 'aws:RequestedRegion', values: ['eu-west-1'] }];
  const statements = [statement('Allow', { actions: ['*'], resources: ['*'], conditions })];
  const keys = (name: string) => (name === 'aws:requestedregion' ? 'us-east-1' : undefined);
  expect(evaluated([{ name: 'inline', statements }], { keys })).toMatchObject({
    outcome: 'implicitly-denied',
    withheld: {
      statement: { policy: 'inline', index: 0 },
      condition: 'StringEquals aws:RequestedRegion "eu-west-1" (it is "us-east-1")',
    },
  });
});
