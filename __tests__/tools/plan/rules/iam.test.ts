import { reviewPlan } from '../../../../tools/plan/review';
import { planOfMany, planOfOne, policy } from '../fixtures';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/items';
const OTHER = TABLE.replace('items', 'orders');
const LOGS = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/GetItemFunction';
const get = { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: TABLE };
const lambda = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const denied = { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: TABLE };
const when = (Condition: object): object => ({ ...get, Condition });
const ORG = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } };

type Values = Record<string, unknown> | null;

const review = (type: string, before: Values, after: Values): string[] =>
  reviewPlan(planOfOne(type, before, after)).refusals.map(({ sentence }) => sentence);

const grants = (before: object[] | null, after: object[]): string[] =>
  review('aws_iam_role_policy', before && { policy: policy(...before) }, { policy: policy(...after) });

describe('what a role may do', () => {
  it.each<[string, object]>([
    ['every action of a service', { ...get, Action: 'dynamodb:*' }],
    ['a pattern of actions', { ...get, Action: ['dynamodb:Get*'] }],
    ['a pattern with ?', { ...get, Action: 'dynamodb:?etItem' }],
    ['a pattern in other letters', { ...get, Action: 'DynamoDB:*' }],
    ['every resource', { ...get, Resource: '*' }],
    ['a pattern of resources', { ...get, Resource: [`${TABLE}*`] }],
    ['every table', { ...get, Resource: TABLE.replace('items', '*') }],
    ['a table in every region', { ...get, Resource: TABLE.replace('us-east-1', '*') }],
    ['every action but some', { Effect: 'Allow', NotAction: 'iam:*', Resource: TABLE }],
    ['every resource but one', { Effect: 'Allow', Action: 'dynamodb:GetItem', NotResource: TABLE }],
    [
      'every log group',
      { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: 'arn:aws:logs:us-east-1:123456789012:*' },
    ],
    ['every bucket', { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::*' }],
    ['buckets of a prefix', { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::app-*/*' }],
    [
      'to pass on roles',
      { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::123456789012:role/x' },
    ],
    [
      'to assume a role',
      { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::123456789012:role/x' },
    ],
    [
      'to change a function',
      {
        Effect: 'Allow',
        Action: 'lambda:updatefunctioncode',
        Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f',
      },
    ],
    ['to delete a table', { ...get, Action: 'dynamodb:DeleteTable' }],
  ])('must not become %s, new or changed', (_, statement) => {
    expect(grants([get], [statement])).toEqual([expect.stringMatching(/^would allow .*: \w/)]);
    expect(grants(null, [statement])).toEqual([expect.stringMatching(/^would allow .*: \w/)]);
  });

  it('must not reach into another account', () => {
    expect(grants([get], [{ ...get, Resource: TABLE.replace('123456789012', '999999999999') }])).toEqual([
      expect.stringContaining('another account'),
    ]);
  });

  it.each<[string, object[], object[]]>([
    ['is removed', [denied], []],
    ['is narrowed', [{ ...denied, Action: 'dynamodb:*' }], [denied]],
    ['holds under a condition only', [denied], [{ ...denied, Condition: ORG }]],
    [
      'spares something',
      [{ ...denied, Action: '*' }],
      [{ Effect: 'Deny', NotAction: 'dynamodb:*', Resource: TABLE }],
    ],
  ])('must not lose a denial, which %s', (_, before, after) => {
    expect(grants([get, ...before], [get, ...after])).toEqual([
      expect.stringMatching(/^no longer denies .*so that whatever allows it counts$/),
    ]);
  });

  it.each<[string, object, object]>([
    ['is dropped', ORG, {}],
    ['is another', ORG, { StringEquals: { 'aws:PrincipalOrgID': 'o-2' } }],
    ['takes a further value', ORG, { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } }],
    ['becomes a pattern', ORG, { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }],
    ['holds for those only who have the key', ORG, { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } }],
    [
      'excludes less',
      { StringNotEquals: { 'aws:username': ['a', 'b'] } },
      { StringNotEquals: { 'aws:username': 'a' } },
    ],
  ])('must not lose a condition, which %s', (_, before, after) => {
    expect(grants([when(before)], [when(after)])).toEqual([expect.stringContaining('held back by')]);
  });

  it.each<[string, object[] | null, object[]]>([
    ['another action on one table', [get], [{ ...get, Action: ['dynamodb:GetItem', 'dynamodb:PutItem'] }]],
    ['the same on another table', [get], [get, { ...get, Resource: OTHER }]],
    ['the indexes of one table', [get], [{ ...get, Resource: [TABLE, `${TABLE}/index/*`] }]],
    ['the streams of one log group', null, [{ ...get, Action: 'logs:PutLogEvents', Resource: `${LOGS}:*` }]],
    [
      'the objects of one bucket',
      null,
      [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::app/*' }],
    ],
    [
      'the versions of one function',
      null,
      [
        {
          Effect: 'Allow',
          Action: 'lambda:InvokeFunction',
          Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f:*',
        },
      ],
    ],
    [
      'what AWS cannot limit to a resource',
      null,
      [
        {
          Effect: 'Allow',
          Action: ['xray:PutTraceSegments', 'ec2:CreateNetworkInterface', 'cloudwatch:PutMetricData'],
          Resource: '*',
        },
      ],
    ],
    ['a wildcard that was there', [{ ...get, Resource: '*' }], [{ ...get, Resource: '*' }, denied]],
    ['less than before', [{ ...get, Action: 'dynamodb:*' }], [get]],
    ['less than everything', [{ ...get, Action: '*', Resource: '*' }], [{ ...get, Action: 'dynamodb:*' }]],
    [
      'everything but more',
      [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
      [{ Effect: 'Allow', NotAction: ['iam:*', 's3:*'], Resource: '*' }],
    ],
    [
      'a part of everything but',
      [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
      [{ ...get, Action: 'dynamodb:*' }],
    ],
    [
      'the same with a condition',
      [{ ...get, Action: 'dynamodb:*' }],
      [{ ...when(ORG), Action: 'dynamodb:*' }],
    ],
    [
      'the same in other words',
      [{ ...get, Sid: 'One', Action: ['dynamodb:*', 's3:*'] }, denied],
      [denied, { ...get, Action: 'S3:*' }, { ...get, Sid: 'Two', Action: ['DYNAMODB:*'], Resource: [TABLE] }],
    ],
    ['more denied', [get, denied], [get, { ...denied, Action: 'dynamodb:*', Resource: '*' }]],
    [
      'what is denied in the same breath',
      [get],
      [get, { ...get, Action: 'dynamodb:*' }, { Effect: 'Deny', Action: '*', Resource: '*' }],
    ],
    [
      'a stricter condition',
      [when({ StringLike: { 'aws:PrincipalOrgID': 'o-*' } })],
      [when({ ...ORG, Bool: { 'aws:SecureTransport': 'true' } })],
    ],
  ])('may become %s', (_, before, after) => {
    expect(grants(before, after)).toEqual([]);
  });

  it('is always shown where it grows', () => {
    const { gains } = reviewPlan(
      planOfOne(
        'aws_iam_role_policy',
        { policy: policy(get) },
        { policy: policy({ ...get, Action: ['dynamodb:GetItem', 'dynamodb:PutItem'] }) },
      ),
    );
    expect(gains).toEqual([
      { address: 'aws_iam_role_policy.it', sentence: `would allow dynamodb:PutItem on ${TABLE}` },
    ]);
  });

  it('may move to another resource of the same role', () => {
    const values = { role: 'r', policy: policy({ ...get, Action: 'dynamodb:*' }, denied) };
    const plan = planOfMany(
      ['aws_iam_role_policy.old', values, null],
      ['aws_iam_role_policy.new', null, values],
    );
    expect(reviewPlan(plan).refusals).toEqual([]);
  });

  it.each(['not JSON', '{"Statement":[{"Effect":"allow","Action":"*","Resource":"*"}]}', '[]'])(
    'must be readable, unlike %s',
    (text) => {
      expect(review('aws_iam_role_policy', null, { policy: text })).toEqual([
        expect.stringContaining('IAM would not read'),
      ]);
    },
  );

  it('is read in the blocks of a role too', () => {
    const inline = (...statements: object[]): Values => ({
      name: 'r',
      inline_policy: [{ name: 'p', policy: policy(...statements) }],
    });
    expect(review('aws_iam_role', inline(get), inline({ ...get, Action: '*' }))).toHaveLength(1);
    expect(review('aws_iam_role', inline(get), inline(get, { ...get, Resource: OTHER }))).toEqual([]);
  });
});

describe('who a role trusts', () => {
  const trust = (before: object[] | null, ...after: object[]): string[] =>
    review('aws_iam_role', before && { assume_role_policy: policy(...before) }, {
      assume_role_policy: policy(...after),
    });

  it.each<[string, object]>([
    ['another service', { Service: 'ec2.amazonaws.com' }],
    ['another account', { AWS: ['arn:aws:iam::999999999999:root'] }],
    ['everyone', { AWS: '*' }],
    ['an identity provider', { Federated: 'arn:aws:iam::123456789012:oidc-provider/example.com' }],
  ])('must not come to include %s', (_, Principal) => {
    expect(trust([lambda], lambda, { ...lambda, Principal })).toHaveLength(1);
  });

  it('is a service for a new role, and no one else', () => {
    expect(trust(null, lambda)).toEqual([]);
    expect(trust(null, { ...lambda, Principal: '*' })).toEqual([expect.stringContaining('everyone')]);
    expect(trust(null, { ...lambda, Principal: { AWS: '999999999999' } })).toHaveLength(1);
  });

  it('must not lose a condition', () => {
    const github = {
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: {
        Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
      },
    };
    const subject = (sub: string): object => ({
      ...github,
      Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': sub } },
    });
    expect(trust([subject('repo:o/r:environment:production')], github)).toHaveLength(1);
    expect(trust([subject('repo:o/r:environment:production')], subject('repo:o/*'))).toHaveLength(1);
    expect(trust([subject('repo:o/*')], subject('repo:o/r:environment:production'))).toEqual([]);
  });
});

describe('who may call a function', () => {
  const source = 'arn:aws:execute-api:us-east-1:123456789012:a1/prod/POST/order';
  const gateway = { function_name: 'f', principal: 'apigateway.amazonaws.com', source_arn: source };

  it.each<[string, Values, Record<string, unknown>]>([
    ['everyone', null, { principal: '*' }],
    ['another account', gateway, { principal: '999999999999', source_arn: source }],
    ['a gateway of any account', null, { principal: 'apigateway.amazonaws.com' }],
    ['every route', gateway, { ...gateway, source_arn: source.replace('POST/order', '*') }],
    ['any source', null, { ...gateway, source_arn: '*' }],
    ['any API', null, { ...gateway, source_arn: 'arn:aws:execute-api:us-east-1:123456789012:*/*/*' }],
    ['a source without an account', null, { ...gateway, source_arn: 'arn:aws:execute-api:us-east-1:*:a1/*' }],
    ['a source of before no more', gateway, { ...gateway, source_arn: null }],
    [
      'a source of another account',
      gateway,
      { ...gateway, source_arn: source.replace('123456789012', '999999999999') },
    ],
  ])('must not become %s', (_, before, after) => {
    expect(review('aws_lambda_permission', before, after)).toHaveLength(1);
  });

  it.each<[string, Values, Record<string, unknown>]>([
    ['one route of one API', null, gateway],
    [
      'every route of one API, from the start',
      null,
      { ...gateway, source_arn: source.replace('prod/POST/order', '*/*') },
    ],
    ['another route of it', gateway, { ...gateway, source_arn: `${source}s` }],
    ['one bucket', null, { ...gateway, principal: 's3.amazonaws.com', source_arn: 'arn:aws:s3:::app' }],
  ])('may be %s', (_, before, after) => {
    expect(review('aws_lambda_permission', before, after)).toEqual([]);
  });
});

describe('who may use what has a policy of its own', () => {
  const statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'q', Principal: '*' };
  const queue = (...statements: object[]): string[] =>
    review('aws_sqs_queue_policy', null, { policy: policy(...statements) });

  it.each<[string, object]>([
    ['everyone', {}],
    ['another account', { Principal: { AWS: '999999999999' } }],
    ['a service on behalf of anyone', { Principal: { Service: 'sns.amazonaws.com' } }],
    ['everyone but some', { Principal: undefined, NotPrincipal: { AWS: '999999999999' } }],
    ['everyone from anywhere', { Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }],
  ])('must not be %s', (_, change) => {
    expect(queue({ ...statement, ...change })).toHaveLength(1);
  });

  it('may be a service on behalf of one source', () => {
    expect(
      queue({
        ...statement,
        Principal: { Service: 'sns.amazonaws.com' },
        Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:us-east-1:123456789012:topic' } },
      }),
    ).toEqual([]);
  });
});
