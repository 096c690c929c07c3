import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parsePolicy, type Policy } from 'terraform-offline/iam/policy';

const folder = path.resolve(__dirname, '../../.github/aws');
const text = (name: string): string => readFileSync(path.join(folder, `${name}.json`), 'utf8');
const policy = (name: string): Policy => parsePolicy(name, text(name));
const actions = (name: string): string[] =>
  policy(name).statements.flatMap(({ effect, actions }) => (effect === 'Allow' ? actions : []));

/** What the provider reads of the stacks, as its own log of requests shows. */
const READ = [
  'apigateway:GET',
  'dynamodb:DescribeContinuousBackups',
  'dynamodb:DescribeTable',
  'dynamodb:DescribeTimeToLive',
  'dynamodb:ListTagsOfResource',
  'iam:GetRole',
  'iam:GetRolePolicy',
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'lambda:GetAlias',
  'lambda:GetFunction',
  'lambda:GetFunctionCodeSigningConfig',
  'lambda:GetFunctionEventInvokeConfig',
  'lambda:GetLayerVersion',
  'lambda:GetPolicy',
  'lambda:ListVersionsByFunction',
  'logs:DescribeLogGroups',
  'logs:ListTagsForResource',
  's3:GetObject',
  's3:ListBucket',
];

/** And what it does to them. */
const WRITE = [
  'dynamodb:CreateTable',
  'dynamodb:DeleteTable',
  'dynamodb:UpdateContinuousBackups',
  'iam:CreateRole',
  'iam:DeleteRole',
  'iam:DeleteRolePolicy',
  'iam:ListInstanceProfilesForRole',
  'iam:PassRole',
  'iam:PutRolePolicy',
  'lambda:AddPermission',
  'lambda:CreateAlias',
  'lambda:CreateFunction',
  'lambda:DeleteAlias',
  'lambda:DeleteFunction',
  'lambda:GetFunctionConfiguration',
  'lambda:PublishLayerVersion',
  'lambda:PutFunctionEventInvokeConfig',
  'lambda:RemovePermission',
  'lambda:UpdateAlias',
  'lambda:UpdateFunctionCode',
  'logs:CreateLogGroup',
  'logs:DeleteLogGroup',
  'logs:PutRetentionPolicy',
  's3:PutObject',
];

describe('the role that plans', () => {
  it('reads all that Terraform reads', () => {
    expect(actions('plan-role')).toEqual(expect.arrayContaining(READ));
  });

  it('reads configuration and the state, and neither data nor logs', () => {
    for (const action of actions('plan-role')) {
      expect(action).toMatch(/^[a-z0-9-]+:(Get|List|Describe|GET)/);
      expect(action).not.toMatch(/^(dynamodb:Get|dynamodb:BatchGet|logs:Get|kms:Decrypt|secretsmanager:)/);
    }
    expect(actions('plan-role').filter((action) => action.startsWith('s3:'))).toEqual([
      's3:GetObject',
      's3:ListBucket',
    ]);
  });
});

describe('the role that deploys', () => {
  it('does all that Terraform does', () => {
    expect(actions('deploy-role')).toEqual(expect.arrayContaining([...READ, ...WRITE]));
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
  it('delivers the logs of HTTP APIs', () => {
    expect(actions('deploy-role')).toEqual(
      expect.arrayContaining([
        'logs:CreateLogDelivery',
        'logs:GetLogDelivery',
        'logs:UpdateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:DescribeResourcePolicies',
        'logs:DescribeLogGroups',
      ]),
    );
  });

  it('reads no data, and does not change the pipeline’s own roles', () => {
    expect(actions('deploy-role')).not.toContainEqual(
      expect.stringMatching(/^(dynamodb:(Get|Query|Scan|Batch)|logs:GetLogEvents|kms:Decrypt|.*\*$)/),
    );
    expect(policy('deploy-role').statements.filter(({ effect }) => effect === 'Deny')).toMatchObject([
      {
        actions: ['iam:*'],
        resources: [
          'arn:aws:iam::ACCOUNT:role/terraform-plan',
          'arn:aws:iam::ACCOUNT:role/terraform-deploy',
          'arn:aws:iam::ACCOUNT:oidc-provider/*',
        ],
      },
    ]);
  });
});

it('trusts subjects by name, and no pattern of them', () => {
  expect(policy('trust').statements).toMatchObject([
    {
      actions: ['sts:AssumeRoleWithWebIdentity'],
      conditions: [
        {
          operator: 'StringEquals',
          key: 'token.actions.githubusercontent.com:aud',
          values: ['sts.amazonaws.com'],
        },
        { operator: 'StringEquals', key: 'token.actions.githubusercontent.com:sub' },
      ],
    },
  ]);
  expect(text('trust')).not.toContain('*');
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
it.each(['plan-role', 'deploy-role'])('%s is short enough for a role', (name) => {
  expect(text(name).replace(/\s/g, '').length).toBeLessThan(10_240);
});
