import { AccessAnalyzer } from '../../../../packages/terraform-offline/iam/access-analyzer';
import { compilePolicy } from '../../../../packages/terraform-offline/iam/evaluate';
import { parsePolicy, type Policy } from '../../../../packages/terraform-offline/iam/policy';
import type { IamPrincipal, Role } from '../../../../packages/terraform-offline/iam/role';

const TABLE = 'arn:aws:dynamodb:eu-west-1:000000000000:table/Books';
const INDEX = `${TABLE}/index/byYear`;
const STREAM = 'arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/store:log-stream:local';

function roleWith(...Statement: unknown[]): Role {
  const policies: Policy[] = [parsePolicy('store', { Version: '2012-10-17', Statement })];
  return { name: 'store-role', arn: 'arn:aws:iam::000000000000:role/store-role', policies };
}

/** The report on a role that asked for this, `ACTION RESOURCE` each. */
function reportOn(role: Role, ...asked: string[]) {
  const analyzer = new AccessAnalyzer();
  for (const one of asked) {
    const [action = '', resource = ''] = one.split(' ');
    analyzer.decide(role, { action, resource });
  }
  return analyzer.report([{ role, functions: ['store'] }]).roles[0]!;
}

const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

it('tells what was used, how often, and by which statement', () => {
  const role = roleWith(allow('dynamodb:PutItem', TABLE, { Sid: 'Store' }));
  expect(reportOn(role, `dynamodb:PutItem ${TABLE}`, `dynamodb:PutItem ${TABLE}`)).toMatchObject({
    role: role.arn,
    functions: ['store'],
    used: [
      { action: 'dynamodb:PutItem', resource: TABLE, times: 2, grantedBy: ['store Statement[0] "Store"'] },
    ],
    unused: [],
    undecided: [],
    denied: [],
  });
});

it.each<[what: string, statement: unknown, unused: unknown[]]>([
  ['a statement', allow('dynamodb:Scan', TABLE), [{ actions: ['dynamodb:Scan'], resources: [TABLE] }]],
  [
    'an action of a statement',
    allow(['dynamodb:PutItem', 'dynamodb:Delete*'], TABLE),
    [{ actions: ['dynamodb:Delete*'], resources: [TABLE] }],
  ],
  [
    'a resource of a statement',
    allow('dynamodb:PutItem', [TABLE, `${TABLE}/index/*`]),
    [{ actions: ['dynamodb:PutItem'], resources: [`${TABLE}/index/*`] }],
  ],
  [
    'all but something',
    { Effect: 'Allow', NotAction: 'dynamodb:*', Resource: '*' },
    [{ actions: ['not dynamodb:*'], resources: ['*'] }],
  ],
  ['log delivery', allow('logs:PutLogEvents', '*'), [{ actions: ['logs:PutLogEvents'], resources: ['*'] }]],
  ['nothing, of what was used by a wildcard', allow('dynamodb:*', '*'), []],
  ['nothing, of a Deny', { Effect: 'Deny', Action: 'dynamodb:Scan', Resource: '*' }, []],
])('tells what was never used: %s', (_, statement, unused) => {
  const { unused: told } = reportOn(roleWith(statement), `dynamodb:PutItem ${TABLE}`);
  expect(told).toEqual(unused.map((grant) => ({ statement: 'store Statement[0]', ...(grant as object) })));
});

it('keeps apart what is granted for services that are not served', () => {
  const { unused, undecided } = reportOn(roleWith(allow(['sqs:SendMessage', 'logs:DescribeLogGroups'], '*')));
  expect([unused, undecided]).toEqual([
    [],
    [
      {
        statement: 'store Statement[0]',
        actions: ['sqs:SendMessage', 'logs:DescribeLogGroups'],
        resources: ['*'],
      },
    ],
  ]);
});

it('tells what was denied, how often, and why', () => {
  const role = roleWith(allow('dynamodb:PutItem', TABLE), { Effect: 'Deny', Action: '*', Resource: INDEX });
  const report = reportOn(
    role,
    `dynamodb:GetItem ${TABLE}`,
    `dynamodb:GetItem ${TABLE}`,
    `dynamodb:Query ${INDEX}`,
  );
  const lacking = JSON.stringify({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE });
  expect(report.denied).toEqual([
    {
      action: 'dynamodb:GetItem',
      resource: TABLE,
      times: 2,
      reason: `store-role may not dynamodb:GetItem on ${TABLE}: its policies lack the statement ${lacking}`,
    },
    {
      action: 'dynamodb:Query',
      resource: INDEX,
      times: 1,
      reason: `store-role may not dynamodb:Query on ${INDEX}: Statement[1] of the identity-based policy "store" denies it`,
    },
  ]);
});

it('writes the smallest policy that allows what was asked for, but for what a Deny refuses', () => {
  const Condition = { StringEquals: { 'aws:PrincipalArn': 'arn:aws:iam::000000000000:role/store-role' } };
  const role = roleWith(
    allow('dynamodb:*', [TABLE, INDEX]),
    allow('dynamodb:Scan', '*', { Condition }),
    allow('logs:*', '*'),
    { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: '*' },
  );
  const other = TABLE.replace('Books', 'Films');
  const { smallestPolicy } = reportOn(
    role,
    `dynamodb:PutItem ${TABLE}`,
    `dynamodb:GetItem ${TABLE}`,
    `dynamodb:Query ${INDEX}`,
    `dynamodb:Query ${other}/index/byYear`,
    `dynamodb:DeleteItem ${TABLE}`,
    `dynamodb:Scan ${other}`,
    `logs:PutLogEvents ${STREAM}`,
  );
  expect(smallestPolicy).toEqual({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['dynamodb:GetItem', 'dynamodb:PutItem'], Resource: [TABLE] },
      { Effect: 'Allow', Action: ['dynamodb:Query'], Resource: [INDEX, `${other}/index/byYear`] },
      {
        Effect: 'Allow',
        Action: ['dynamodb:Scan'],
        Resource: [other],
        Condition: { StringEquals: { 'aws:PrincipalArn': ['arn:aws:iam::000000000000:role/store-role'] } },
      },
      {
        Effect: 'Allow',
        Action: ['logs:PutLogEvents'],
        Resource: [STREAM.replace('log-stream:local', '*')],
      },
    ],
  });
});

it('counts what a resource’s policy allows as used, and granted by none of the role’s own statements', () => {
  const role = roleWith(allow('dynamodb:PutItem', TABLE));
  const analyzer = new AccessAnalyzer();
  const Principal = { AWS: role.arn };
  const policy = parsePolicy('books', { Statement: allow('dynamodb:GetItem', TABLE, { Principal }) });
  const access = { action: 'dynamodb:GetItem', resource: TABLE };
  analyzer.decide(role, access, compilePolicy(policy, 'resource-based policy'));
  expect(analyzer.report([{ role, functions: [] }]).roles[0]).toMatchObject({
    used: [{ ...access, times: 1, grantedBy: ['books Statement[0]'] }],
    unused: [{ actions: ['dynamodb:PutItem'] }],
    smallestPolicy: { Statement: [] },
  });
});

const API = 'arn:aws:execute-api:eu-west-1:000000000000:abc';
const ann: IamPrincipal = {
  kind: 'user',
  id: 'AIDAANN',
  name: 'ann',
  arn: 'arn:aws:iam::000000000000:user/ann',
  policies: [
    parsePolicy('jobs', {
      Statement: [
        allow('execute-api:Invoke', [`${API}/*/POST/jobs/*`, `${API}/*/GET/jobs`]),
        allow('lambda:InvokeFunctionUrl', '*'),
        allow(['logs:PutLogEvents', 's3:GetObject'], '*'),
      ],
    }),
  ],
};

it('tells of a user, whom no function acts as, what it may call, called and was denied', () => {
  const analyzer = new AccessAnalyzer();
  analyzer.decide(ann, { action: 'execute-api:Invoke', resource: `${API}/prod/POST/jobs/1` });
  analyzer.decide(ann, { action: 'execute-api:Invoke', resource: `${API}/prod/DELETE/jobs/1` });
  const lacking = JSON.stringify({
    Effect: 'Allow',
    Action: 'execute-api:Invoke',
    Resource: `${API}/prod/DELETE/jobs/1`,
  });
  expect(analyzer.report([{ role: ann, functions: [] }]).roles).toEqual([
    {
      role: ann.arn,
      functions: [],
      used: [
        {
          action: 'execute-api:Invoke',
          resource: `${API}/prod/POST/jobs/1`,
          times: 1,
          grantedBy: ['jobs Statement[0]'],
        },
      ],
      unused: [
        { statement: 'jobs Statement[0]', actions: ['execute-api:Invoke'], resources: [`${API}/*/GET/jobs`] },
        { statement: 'jobs Statement[1]', actions: ['lambda:InvokeFunctionUrl'], resources: ['*'] },
      ],
      undecided: [
        { statement: 'jobs Statement[2]', actions: ['logs:PutLogEvents', 's3:GetObject'], resources: ['*'] },
      ],
      denied: [
        {
          action: 'execute-api:Invoke',
          resource: `${API}/prod/DELETE/jobs/1`,
          times: 1,
          reason: `ann may not execute-api:Invoke on ${API}/prod/DELETE/jobs/1: its policies lack the statement ${lacking}`,
        },
      ],
      smallestPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['execute-api:Invoke'],
            Resource: [`${API}/prod/DELETE/jobs/1`, `${API}/prod/POST/jobs/1`],
          },
        ],
      },
    },
  ]);
});

it('tells of whoever else asked, and of nobody whose rights are none of this cloud', () => {
  const analyzer = new AccessAnalyzer();
  const logger = roleWith(allow('logs:*', '*'));
  const schedule = { ...roleWith(allow('lambda:InvokeFunction', '*')), arn: `${logger.arn}-of-a-schedule` };
  analyzer.decide(schedule, {
    action: 'lambda:InvokeFunction',
    resource: 'arn:aws:lambda:::function:report',
  });
  expect(analyzer.report([{ role: logger, functions: [] }]).roles).toMatchObject([
    { role: schedule.arn, functions: [], used: [{ action: 'lambda:InvokeFunction', times: 1 }], unused: [] },
  ]);
});
