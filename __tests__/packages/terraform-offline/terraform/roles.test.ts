import { functionJson, load, type TerraformJson } from './support';

function loadWith(resource: TerraformJson['resource'], data: TerraformJson['data'] = {}) {
  const json = functionJson();
  return load({ data: { ...json.data, ...data }, resource: { ...json.resource, ...resource } });
}

async function policiesWith(resource: TerraformJson['resource'], data: TerraformJson['data'] = {}) {
  return (await loadWith(resource, data)).functions[0]!.role.policies;
}

/** A function whose rights are not known is not served. */
async function expectRefused(resource: TerraformJson['resource'], reason: string) {
  const { functions, unserved } = await loadWith(resource);
  expect(functions).toEqual([]);
  expect(unserved).toMatchObject([
    { address: 'test: aws_lambda_function.store', reason: expect.stringContaining(reason) as string },
  ]);
}

function inlinePolicy(Statement: unknown) {
  const policy = JSON.stringify({ Version: '2012-10-17', Statement });
  return { aws_iam_role_policy: { inline: { name: 'inline', role: '${aws_iam_role.role.id}', policy } } };
}

async function statementsOf(Statement: unknown) {
  return (await policiesWith(inlinePolicy(Statement)))[0]!.statements;
}

const none = { actions: [], notActions: [], resources: [], notResources: [] };

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
it.each<[form: string, statement: unknown, read: unknown]>([
  [
    'one statement outside a list, with texts for lists',
    { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: '*' },
    { ...none, effect: 'Allow', actions: ['dynamodb:GetItem'], resources: ['*'] },
  ],
  [
    'lists',
    [{ Effect: 'Allow', Action: ['s3:*', 'sqs:*'], Resource: ['a', 'b'] }],
    { ...none, effect: 'Allow', actions: ['s3:*', 'sqs:*'], resources: ['a', 'b'] },
  ],
  [
    'a Deny of all but what is named',
    [{ Effect: 'Deny', NotAction: 'dynamodb:*', NotResource: ['a'] }],
    { ...none, effect: 'Deny', notActions: ['dynamodb:*'], notResources: ['a'] },
  ],
])('reads an inline policy with %s', async (_, statement, read) => {
  expect(await statementsOf(statement)).toEqual([read]);
});

it.each<[what: string, statement: unknown, error: string]>([
  ['an unknown effect', { Effect: 'Maybe' }, 'Effect: expected Allow or Deny, received Maybe'],
  [
    'a condition',
    { Effect: 'Allow', Action: '*', Resource: '*', Condition: { Bool: {} } },
    'Condition: conditions are not evaluated locally',
  ],
])('refuses %s, naming the statement', async (_, statement, error) => {
  await expectRefused(
    inlinePolicy([statement]),
    `test: aws_iam_role_policy.inline.policy.Statement[0].${error}`,
  );
});

it('refuses a policy that is no JSON', async () => {
  const inline = { name: 'inline', role: 'store-role', policy: '{' };
  await expectRefused(
    { aws_iam_role_policy: { inline } },
    'test: aws_iam_role_policy.inline.policy: expected JSON, received "{"',
  );
});

it('leaves out the policies of other roles', async () => {
  const inline = { name: 'inline', role: 'other-role', policy: '{"Statement":[]}' };
  expect(await policiesWith({ aws_iam_role_policy: { inline } })).toEqual([]);
});

it('reads an attached policy written as a data source', async () => {
  const statement = [
    { actions: ['dynamodb:PutItem'], resources: ['${data.aws_region.here.region}'] },
    { sid: 'No', effect: 'Deny', not_actions: ['s3:*'], not_resources: ['b'] },
  ];
  const policies = await policiesWith(
    {
      aws_iam_policy: { shared: { name: 'shared', policy: '${data.aws_iam_policy_document.doc.json}' } },
      aws_iam_role_policy_attachment: {
        attachment: { role: '${aws_iam_role.role.name}', policy_arn: '${aws_iam_policy.shared.arn}' },
      },
    },
    { aws_iam_policy_document: { doc: { statement } }, aws_region: { here: {} } },
  );
  expect(policies).toEqual([
    {
      name: 'shared',
      statements: [
        { ...none, effect: 'Allow', actions: ['dynamodb:PutItem'], resources: ['eu-west-1'] },
        { ...none, effect: 'Deny', notActions: ['s3:*'], notResources: ['b'] },
      ],
    },
  ]);
});

it('refuses a policy of AWS’s own, whose statements the stack does not hold', async () => {
  const policy_arn = 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess';
  await expectRefused(
    { aws_iam_role_policy_attachment: { full: { role: 'store-role', policy_arn } } },
    `test: aws_iam_role_policy_attachment.full.policy_arn: the stack has no aws_iam_policy with the ARN ${policy_arn}`,
  );
});
