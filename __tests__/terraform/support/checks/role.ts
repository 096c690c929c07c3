import { GetRoleCommand, GetRolePolicyCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { aws, isGone } from '../aws';
import type { System } from '../system';

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: string;
}

/** The role trusts Lambda alone, and may do with the system's table what is listed, on its exact ARN. */
export async function expectRole(system: System, role: string, functionName: string): Promise<void> {
  const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: role }));
  expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ''))).toMatchObject({
    Statement: [{ Action: ['sts:AssumeRole'], Principal: { Service: 'lambda.amazonaws.com' } }],
  });
  const account = Role?.Arn?.split(':')[4];
  const statements = await statementsOf(role);
  const table = `arn:aws:dynamodb:us-east-1:${account}:table/${system.table}`;
  const indexes = Object.entries(system.indexes?.[functionName] ?? {});
  expect(byService(statements, 'dynamodb')).toEqual([
    { Effect: 'Allow', Action: system.functions[functionName], Resource: table },
    ...indexes.map(([index, Action]) => ({ Effect: 'Allow', Action, Resource: `${table}/index/${index}` })),
  ]);
  expect(byService(statements, 'logs')).toEqual([
    {
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `arn:aws:logs:us-east-1:${account}:log-group:/aws/lambda/${functionName}:*`,
    },
  ]);
  expect(statements).toHaveLength(3 + indexes.length);
}

export function isRoleGone(role: string): Promise<boolean> {
  return isGone(aws.iam.send(new GetRoleCommand({ RoleName: role })));
}

async function statementsOf(role: string): Promise<Statement[]> {
  const { PolicyNames = [] } = await aws.iam.send(new ListRolePoliciesCommand({ RoleName: role }));
  const documents = PolicyNames.map(async (PolicyName) => {
    const policy = await aws.iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName }));
    return JSON.parse(decodeURIComponent(policy.PolicyDocument ?? '')) as { Statement: Statement[] };
  });
  return (await Promise.all(documents)).flatMap(({ Statement }) => Statement);
}

function byService(statements: readonly Statement[], service: string): Statement[] {
  return statements.filter(({ Action }) => Action.every((action) => action.startsWith(`${service}:`)));
}
