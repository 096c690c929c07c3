import type { Policy } from '../../../../packages/terraform-offline/iam/policy';
import { functionJson, load, TRUST, type TerraformJson } from './support';

type Blocks = NonNullable<TerraformJson['resource']>;

/** A function with the role `store-role`; `role` goes into it. */
function loadWith(more: Blocks, data: Blocks = {}, role: Record<string, unknown> = {}, iam = true) {
  const json = functionJson();
  const { aws_iam_role } = json.resource;
  const resource = {
    ...json.resource,
    ...more,
    aws_iam_role: { role: { ...aws_iam_role.role, ...role }, ...more.aws_iam_role },
  };
  return load({ data: { ...json.data, ...data }, resource }, { iam });
}

async function policiesWith(more: Blocks, data: Blocks = {}, role: Record<string, unknown> = {}) {
  const { functions, unserved } = await loadWith(more, data, role);
  if (!functions[0]) throw new Error(unserved[0]?.reason);
  return functions[0].role.policies;
}

/** What the policies are called, and the actions that each has. */
function actions(policies: readonly Policy[]) {
  return policies.map(({ name, statements }) => [name, ...statements.flatMap((one) => one.actions)]);
}

function document(action: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
  });
}

/** A function whose rights are not known is not served. */
async function expectRefused(more: Blocks, reason: string, role: Record<string, unknown> = {}) {
  const { functions, unserved } = await loadWith(more, {}, role);
  expect(functions).toEqual([]);
  expect(unserved).toMatchObject([
    { address: 'test: aws_lambda_function.store', reason: expect.stringContaining(reason) as string },
  ]);
}

describe('the policies of a role', () => {
  const inline = { name: 'inline', role: '${aws_iam_role.role.id}', policy: document('s3:GetObject') };
  const policies = {
    one: { name: 'one', policy: document('sqs:SendMessage') },
    two: { name_prefix: 'two-', policy: document('sns:Publish') },
  };
  const attached = (policy: string, role = '${aws_iam_role.role.name}') => ({
    role,
    policy_arn: `\${aws_iam_policy.${policy}.arn}`,
  });
  const BASIC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';

  it('are those within it, beside it and attached to it', async () => {
    const read = await policiesWith(
      {
        aws_iam_role_policy: { inline, others: { ...inline, role: 'other-role' } },
        aws_iam_policy: policies,
        aws_iam_role_policy_attachment: { one: attached('one'), others: attached('two', 'other-role') },
        aws_iam_policy_attachment: {
          two: { name: 'two', roles: ['x', 'store-role'], policy_arn: '${aws_iam_policy.two.arn}' },
        },
      },
      {},
      {
        inline_policy: [{ name: 'within', policy: document('dynamodb:GetItem') }],
        managed_policy_arns: [BASIC],
      },
    );
    expect(actions(read)).toEqual([
      ['within', 'dynamodb:GetItem'],
      ['inline', 's3:GetObject'],
      [BASIC, 'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      ['one', 'sqs:SendMessage'],
      [expect.stringMatching(/^two-[a-z0-9]{26}$/), 'sns:Publish'],
    ]);
  });

  it('are none of those of AWS’s that are said by an empty block', async () => {
    expect(await policiesWith({}, {}, { inline_policy: [{}] })).toEqual([]);
  });

  it('are only those that an exclusive list names', async () => {
    const read = await policiesWith({
      aws_iam_role_policy: { inline, other: { ...inline, name: 'other' } },
      aws_iam_role_policies_exclusive: { only: { role_name: 'store-role', policy_names: ['other'] } },
      aws_iam_policy: policies,
      aws_iam_role_policy_attachment: { one: attached('one') },
      aws_iam_role_policy_attachments_exclusive: {
        only: { role_name: 'store-role', policy_arns: ['${aws_iam_policy.two.arn}'] },
      },
    });
    expect(actions(read)).toEqual([
      ['other', 's3:GetObject'],
      [expect.stringMatching(/^two-/), 'sns:Publish'],
    ]);
  });

  it('may be found by name, one of AWS’s own too', async () => {
    const read = await policiesWith(
      {
        aws_iam_policy: policies,
        aws_iam_role_policy_attachment: {
          one: { role: 'store-role', policy_arn: '${data.aws_iam_policy.one.arn}' },
          basic: { role: 'store-role', policy_arn: '${data.aws_iam_policy.basic.arn}' },
        },
        aws_iam_role_policy: {
          copy: { name: 'copy', role: 'store-role', policy: '${data.aws_iam_policy.copied.policy}' },
        },
      },
      {
        aws_iam_policy: {
          one: { name: 'one' },
          basic: { name: 'AWSLambdaBasicExecutionRole' },
          copied: { arn: 'arn:aws:iam::aws:policy/AmazonSQSFullAccess' },
        },
      },
    );
    expect(actions(read)).toEqual([
      ['copy', 'sqs:*'],
      ['one', 'sqs:SendMessage'],
      [BASIC, 'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    ]);
  });

  it('have a boundary', async () => {
    const { functions } = await loadWith(
      { aws_iam_policy: policies },
      {},
      { permissions_boundary: '${aws_iam_policy.one.arn}' },
    );
    expect(functions[0]!.role).toMatchObject({ policies: [], boundary: { name: 'one' } });
  });

  it('mean the local account where they write one out', async () => {
    const policy = JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Action: '*',
        Resource: 'arn:aws:dynamodb:eu-west-1:123456789012:table/Books',
      },
    });
    const [read] = await policiesWith({ aws_iam_role_policy: { inline: { ...inline, policy } } });
    expect(read!.statements[0]!.resources).toEqual(['arn:aws:dynamodb:eu-west-1:000000000000:table/Books']);
  });
});

describe('refuses', () => {
  const inline = { name: 'inline', role: 'store-role' };

  it.each<[what: string, more: Blocks, reason: string]>([
    [
      'an unknown effect, naming the statement',
      { aws_iam_role_policy: { inline: { ...inline, policy: '{"Statement":[{"Effect":"Maybe"}]}' } } },
      'test: aws_iam_role_policy.inline.policy.Statement[0].Effect: expected Allow or Deny, received Maybe',
    ],
    [
      'a policy that is no JSON',
      { aws_iam_role_policy: { inline: { ...inline, policy: '{' } } },
      'test: aws_iam_role_policy.inline.policy: expected JSON, received "{"',
    ],
    [
      'a policy of AWS’s own that is not known here',
      {
        aws_iam_role_policy_attachment: {
          a: { role: 'store-role', policy_arn: 'arn:aws:iam::aws:policy/AWSBraketFullAccess' },
        },
      },
      'test: aws_iam_role_policy_attachment.a.policy_arn: what AWS’s own policy arn:aws:iam::aws:policy/AWSBraketFullAccess allows is not known locally',
    ],
    [
      'a policy that no stack declares',
      {
        aws_iam_role_policy_attachment: {
          a: { role: 'store-role', policy_arn: 'arn:aws:iam::123456789012:policy/elsewhere' },
        },
      },
      'test: aws_iam_role_policy_attachment.a.policy_arn: no stack has an aws_iam_policy with the ARN arn:aws:iam::123456789012:policy/elsewhere',
    ],
  ])('%s', async (_, more, reason) => {
    await expectRefused(more, reason);
  });

  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html: InvalidParameterValueException
  it.each([
    ['another service', { Service: 'apigateway.amazonaws.com' }],
    ['an account', { AWS: 'arn:aws:iam::000000000000:root' }],
  ])('a role that trusts %s', async (_, Principal) => {
    const trust = { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal } };
    await expectRefused(
      {},
      'test: aws_lambda_function.store.role: the role defined for the function cannot be assumed by Lambda: test: aws_iam_role.role.assume_role_policy needs the statement {"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}',
      { assume_role_policy: JSON.stringify(trust) },
    );
  });
});

it('takes a role that trusts Lambda for this function alone', async () => {
  const trust = {
    Statement: {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: ['edgelambda.amazonaws.com', 'lambda.amazonaws.com'] },
      Condition: {
        StringEquals: { 'aws:SourceAccount': '000000000000' },
        ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:*:function:store' },
      },
    },
  };
  const { functions } = await loadWith({}, {}, { assume_role_policy: JSON.stringify(trust) });
  expect(functions).toHaveLength(1);
});

it('lists a condition key that is not known, and what that means', async () => {
  const statement = (Effect: string, Action: string, operator: string) => ({
    Effect,
    Action,
    Resource: '*',
    Condition: { [operator]: { 'aws:PrincipalTag/team': 'red' } },
  });
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      statement('Allow', 'dynamodb:*', 'StringEquals'),
      statement('Deny', '*', 'StringLike'),
      // No request of these is decided here.
      statement('Allow', 's3:*', 'StringEquals'),
    ],
  });
  const { functions, unserved } = await loadWith({
    aws_iam_role_policy: { inline: { name: 'inline', role: 'store-role', policy } },
  });
  expect(functions).toHaveLength(1);
  const address = 'test: aws_iam_role_policy.inline';
  const key = 'aws:PrincipalTag/team is a condition key whose value is not known locally';
  expect(unserved).toEqual([
    { address, reason: `${address}.policy.Statement[0]: ${key}`, effect: 'the Allow does not apply' },
    {
      address,
      reason: `${address}.policy.Statement[1]: ${key}`,
      effect: 'the Deny applies, whatever its value',
    },
  ]);
});

describe('a role that no stack declares', () => {
  const elsewhere = 'arn:aws:iam::123456789012:role/service-role/LabRole';

  it('leaves its function unserved, and says what would do', async () => {
    const json = functionJson({ role: elsewhere });
    const { functions, unserved } = await load(json);
    expect(functions).toEqual([]);
    expect(unserved).toMatchObject([
      {
        address: 'test: aws_lambda_function.store',
        reason: `test: aws_lambda_function.store.role: no stack declares the role ${elsewhere}, so what it may do is not known; declare it as aws_iam_role, or start with --no-iam`,
      },
    ]);
  });

  it('is nobody’s business without IAM', async () => {
    const json = functionJson({ role: elsewhere });
    const { functions, unserved } = await load(json, { iam: false });
    expect(functions[0]!.role).toEqual({ name: 'LabRole', arn: elsewhere, policies: [] });
    expect(unserved).toEqual([]);
  });

  it('is found by name where a stack does declare it', async () => {
    const { data, resource } = functionJson({ role: '${data.aws_iam_role.known.arn}' });
    const { functions } = await load({
      resource: {
        ...resource,
        aws_iam_role: { role: { name: 'known', path: '/apps/', assume_role_policy: TRUST } },
      },
      data: { ...data, aws_iam_role: { known: { name: 'known' } } },
    });
    expect(functions[0]!.role).toMatchObject({ arn: 'arn:aws:iam::000000000000:role/apps/known' });
  });
});
