import { parsePolicy } from '../../../../packages/terraform-offline/iam/policy';

const none = { actions: [], notActions: [], resources: [], notResources: [], conditions: [] };

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
it.each<[form: string, document: unknown, statements: unknown[]]>([
  [
    'one statement outside a list, with texts for lists',
    { Statement: { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' } },
    [{ ...none, effect: 'Allow', actions: ['dynamodb:GetItem'], resources: ['*'] }],
  ],
  [
    'lists, and its JSON text',
    '{"Statement":[{"Sid":"All","Effect":"Deny","NotAction":["s3:*","sqs:*"],"NotResource":["a","b"]}]}',
    [{ ...none, sid: 'All', effect: 'Deny', notActions: ['s3:*', 'sqs:*'], notResources: ['a', 'b'] }],
  ],
  [
    'principals, and everybody',
    {
      Statement: [
        { Effect: 'Allow', Action: 'a:b', Principal: { Service: 'lambda.amazonaws.com', AWS: ['1', '2'] } },
        { Effect: 'Deny', Action: 'a:b', NotPrincipal: '*' },
      ],
    },
    [
      {
        ...none,
        effect: 'Allow',
        actions: ['a:b'],
        principals: { Service: ['lambda.amazonaws.com'], AWS: ['1', '2'] },
      },
      { ...none, effect: 'Deny', actions: ['a:b'], notPrincipals: { AWS: ['*'] } },
    ],
  ],
  [
    'conditions, with booleans and numbers for texts',
    {
      Statement: {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: {
          Bool: { 'aws:SecureTransport': false },
          'ForAllValues:NumericLessThanIfExists': { 'aws:EpochTime': [1, 2] },
          'ForAnyValue:StringEquals': { 'dynamodb:Attributes': 'name' },
        },
      },
    },
    [
      {
        ...none,
        effect: 'Deny',
        actions: ['*'],
        resources: ['*'],
        conditions: [
          { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] },
          { operator: 'ForAllValues:NumericLessThanIfExists', key: 'aws:EpochTime', values: ['1', '2'] },
          { operator: 'ForAnyValue:StringEquals', key: 'dynamodb:Attributes', values: ['name'] },
        ],
      },
    ],
  ],
])('reads a policy with %s', (_, document, statements) => {
  expect(parsePolicy('p', document)).toEqual({ name: 'p', version: undefined, statements });
});

it.each<[what: string, document: unknown, error: string]>([
  ['no JSON', '{', 'here: expected JSON, received "{"'],
  ['no object', '[]', 'here: expected a policy, received "[]"'],
  [
    'an unknown effect',
    { Statement: { Effect: 'Maybe' } },
    'here.Statement[0].Effect: expected Allow or Deny, received Maybe',
  ],
  [
    'an unknown operator',
    { Statement: [{ Effect: 'Allow', Condition: { StringSame: { 'aws:SourceArn': 'a' } } }] },
    "here.Statement[0].Condition: StringSame is no operator of IAM's",
  ],
  [
    'an action that is no text',
    { Statement: [{ Effect: 'Allow', Action: [{}] }] },
    'here.Statement[0].Action: expected a text or a list of texts, received [{}]',
  ],
])('refuses %s, naming the element', (_, document, error) => {
  expect(() => parsePolicy('p', document, 'here')).toThrow(error);
});
