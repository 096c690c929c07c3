import { reviewPlan } from '../../../tools/plan/review';
import { planOfOne, policy } from './fixtures';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/items';
const LOGS = 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/GetItemFunction';
const get = { Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: TABLE };
const lambda = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const guarded = { ...get, Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
const denied = { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: TABLE };

type Values = Record<string, unknown> | null;

const review = (type: string, before: Values, after: Values): string[] =>
  reviewPlan(planOfOne(type, before, after)).refusals.map(({ sentence }) => sentence);

const grants = (before: object[] | null, after: object[]): string[] =>
  review('aws_iam_role_policy', before && { policy: policy(...before) }, { policy: policy(...after) });

describe('what a role may do', () => {
  it.each<[string, object, string]>([
    ['every action of a service', { ...get, Action: 'dynamodb:*' }, `allows dynamodb:* on ${TABLE}`],
    ['a pattern of actions', { ...get, Action: ['dynamodb:Get*'] }, `allows dynamodb:Get* on ${TABLE}`],
    ['every resource', { ...get, Resource: '*' }, 'allows dynamodb:GetItem on *'],
    ['a pattern of resources', { ...get, Resource: [`${TABLE}*`] }, `allows dynamodb:GetItem on ${TABLE}*`],
    [
      'every action but one',
      { Effect: 'Allow', NotAction: 'iam:*', Resource: TABLE },
      `allows every action but iam:* on ${TABLE}`,
    ],
    [
      'every resource but one',
      { Effect: 'Allow', Action: 'dynamodb:GetItem', NotResource: TABLE },
      `allows dynamodb:GetItem on everything but ${TABLE}`,
    ],
    [
      'every log group',
      { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: 'arn:aws:logs:us-east-1:123456789012:*' },
      'allows logs:PutLogEvents on arn:aws:logs:us-east-1:123456789012:*',
    ],
  ])('must not become %s, new or changed', (_, statement, sentence) => {
    expect(grants([get], [statement])).toEqual([sentence]);
    expect(grants(null, [statement])).toEqual([sentence]);
  });

  it('must not lose a denial', () => {
    expect(grants([get, denied], [get])).toEqual([`no longer denies dynamodb:DeleteItem on ${TABLE}`]);
  });

  it('must not lose a condition', () => {
    expect(grants([guarded], [get])).toEqual([`drops the condition on dynamodb:GetItem on ${TABLE}`]);
  });

  it.each<[string, object[] | null, object[]]>([
    ['another action on one table', [get], [{ ...get, Action: ['dynamodb:GetItem', 'dynamodb:PutItem'] }]],
    ['the streams of one log group', null, [{ ...get, Action: 'logs:PutLogEvents', Resource: `${LOGS}:*` }]],
    [
      "X-Ray's two actions, which have no resources",
      null,
      [{ Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }],
    ],
    ['a wildcard that was there', [{ ...get, Resource: '*' }], [{ ...get, Resource: '*' }, denied]],
    ['less than before', [{ ...get, Action: 'dynamodb:*' }], [get]],
  ])('may become %s', (_, before, after) => {
    expect(grants(before, after)).toEqual([]);
  });
});

describe('who a role trusts', () => {
  const trust = (before: object[] | null, ...after: object[]): string[] =>
    review('aws_iam_role', before && { assume_role_policy: policy(...before) }, {
      assume_role_policy: policy(...after),
    });

  it.each<[string, object, string]>([
    ['another service', { Service: 'ec2.amazonaws.com' }, 'Service ec2.amazonaws.com'],
    ['another account', { AWS: ['arn:aws:iam::999999999999:root'] }, 'AWS arn:aws:iam::999999999999:root'],
    ['everyone', { AWS: '*' }, 'AWS *'],
  ])('must not come to include %s', (_, Principal, principal) => {
    expect(trust([lambda], lambda, { ...lambda, Principal })).toEqual([
      `trusts the new principal ${principal}`,
    ]);
  });

  it('is a service for a new role, and no one else', () => {
    expect(trust(null, lambda)).toEqual([]);
    expect(trust(null, { ...lambda, Principal: '*' })).toEqual(['trusts the new principal *']);
  });
});

describe('who may call a function', () => {
  const source = 'arn:aws:execute-api:us-east-1:123456789012:a1/prod/POST/order';
  const gateway = { principal: 'apigateway.amazonaws.com', source_arn: source };

  it.each<[string, Values, Record<string, unknown>, string]>([
    ['everyone', null, { principal: '*' }, 'trusts the new principal *'],
    [
      'another account',
      gateway,
      { principal: '999999999999', source_arn: source },
      'trusts the new principal 999999999999',
    ],
    [
      'a gateway of any account',
      null,
      { principal: 'apigateway.amazonaws.com' },
      'lets apigateway.amazonaws.com call on behalf of any account: name a source_arn',
    ],
    [
      'every route',
      gateway,
      { ...gateway, source_arn: source.replace('POST/order', '*') },
      `widens the source to ${source.replace('POST/order', '*')}`,
    ],
  ])('must not become %s', (_, before, after, sentence) => {
    expect(review('aws_lambda_permission', before, after)).toEqual([sentence]);
  });

  it('may be one route of one API', () => {
    expect(review('aws_lambda_permission', null, gateway)).toEqual([]);
  });
});

it("refuses a policy of AWS's, which the plan does not show", () => {
  const policy_arn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  expect(review('aws_iam_role_policy_attachment', null, { policy_arn })).toEqual([
    expect.stringContaining(policy_arn),
  ]);
});
