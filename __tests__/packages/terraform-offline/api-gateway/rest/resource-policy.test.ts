import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import type { Condition, Statement } from '../../../../../packages/terraform-offline/iam/policy';
import { request, restApi, restMethod, run } from '../support';

const ARN = 'arn:aws:execute-api:us-east-1:123456789012:gy415nuibc';

function statement(effect: Statement['effect'], more: Partial<Statement> = {}): Statement {
  return {
    effect,
    principals: { AWS: ['*'] },
    actions: ['execute-api:Invoke'],
    notActions: [],
    resources: [`${ARN}/*`],
    notResources: [],
    ...more,
  };
}

const from = (operator: string, ...values: string[]): Condition[] => [
  { operator, key: 'aws:SourceIp', values },
];

function send(
  statements: Statement[],
  { method = restMethod('GET /data/{id}'), enforcePolicies = true } = {},
) {
  const policy = { name: 'policy', version: '2012-10-17', statements };
  const api = restApi([method], { stageName: 'prod', policy });
  return run(
    (dependencies) => restGateway(api, { ...dependencies, enforcePolicies }),
    request('/data/1', { sourceIp: '203.0.113.7' }),
  );
}

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html
it.each<[what: string, statements: Statement[], status: number]>([
  ['allows everybody', [statement('Allow')], 200],
  ['denies everybody', [statement('Deny')], 403],
  ['says nothing', [], 403],
  ['allows the method and path', [statement('Allow', { resources: [`${ARN}/prod/GET/data/*`] })], 200],
  ['allows another path', [statement('Allow', { resources: [`${ARN}/prod/GET/books/*`] })], 403],
  ['allows another stage', [statement('Allow', { resources: [`${ARN}/test/*`] })], 403],
  ['allows a role', [statement('Allow', { principals: { AWS: ['arn:aws:iam::123456789012:role/a'] } })], 403],
  ['allows its address', [statement('Allow', { conditions: from('IpAddress', '203.0.113.0/24') })], 200],
  ['allows other addresses', [statement('Allow', { conditions: from('IpAddress', '192.0.2.0/24') })], 403],
  [
    'denies all addresses but others',
    [statement('Allow'), statement('Deny', { conditions: from('NotIpAddress', '192.0.2.0/24') })],
    403,
  ],
  [
    'denies all addresses but its own',
    [statement('Allow'), statement('Deny', { conditions: from('NotIpAddress', '203.0.113.0/24') })],
    200,
  ],
])('a policy that %s answers %3$s', async (_, statements, status) => {
  const { response, event } = await send(statements);
  expect(response.status).toBe(status);
  expect(event !== undefined).toBe(status === 200);
});

// As captured by users: https://github.com/serverless/serverless/pull/5071
it.each([
  [
    'what it denies',
    [statement('Deny')],
    ' with an explicit deny',
    'Statement[0] of the resource-based policy "policy" denies it',
  ],
  ['what it does not allow', [], '', 'the resource’s policy lacks the statement'],
])('refuses %s in AWS’s words, and logs why', async (_, statements, suffix, logged) => {
  const { response, headers, log } = await send(statements);
  expect(headers['x-amzn-errortype']).toBe('AccessDeniedException');
  expect(response.body).toBe(
    `{"Message":"User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:gy415nuibc/prod/GET/data/1${suffix}"}`,
  );
  expect(log).toEqual([expect.stringContaining(logged)]);
});

it('refuses nobody without IAM', async () => {
  expect((await send([statement('Deny')], { enforcePolicies: false })).response.status).toBe(200);
});
