import path from 'node:path';
import { type Cloud, serve } from '../../../packages/terraform-offline/cloud';
import type { LogEntry } from '../../../packages/terraform-offline/log/log';

const log: LogEntry[] = [];
let cloud: Cloud;
let outputs: { readonly url: string; readonly role_arn: string };
beforeAll(async () => {
  const folder = path.resolve('__tests__/fixtures/projects/rest-rights');
  cloud = await serve({ folder, log: (entry) => log.push(entry) });
  outputs = cloud.model().stacks[0]!.outputs as typeof outputs;
});
afterAll(() => cloud.close());

async function send(operation: string, parameters: object) {
  const answer = await fetch(`${outputs.url}/${operation}`, {
    method: 'POST',
    body: JSON.stringify(parameters),
  });
  const json = (await answer.json()) as { readonly Message?: string };
  return { status: answer.status, message: json.Message, json };
}

const own = () => ({ owner: { S: `${outputs.role_arn}/Ann` }, id: { S: '1' } });

it('serves all of it', () => {
  expect(cloud.model().stacks[0]!.unserved).toEqual([]);
});

it('lets the function do what its policies allow', async () => {
  expect(await send('PutItem', { Item: { ...own(), text: { S: 'Milk' } } })).toMatchObject({ status: 200 });
  const read = await send('GetItem', { Key: own() });
  expect(read.json).toEqual({ Item: { ...own(), text: { S: 'Milk' } } });
});

it.each<[what: string, operation: string, parameters: () => object, message: string, logged: string]>([
  [
    'a condition that does not hold',
    'PutItem',
    () => ({ Item: { ...own(), owner: { S: 'Bob' } } }),
    'because no identity-based policy allows the dynamodb:PutItem action',
    'Statement[0] "OwnNotes" of the identity-based policy "notes" would allow it if this held: ForAllValues:StringLike dynamodb:LeadingKeys',
  ],
  [
    'the table’s own policy',
    'DeleteItem',
    () => ({ Key: own() }),
    'with an explicit deny in a resource-based policy',
    'Statement[0] "KeepNotes" of the resource-based policy "aws_dynamodb_resource_policy.notes" denies it',
  ],
  [
    'the boundary',
    'Scan',
    () => ({}),
    'because no permissions boundary allows the dynamodb:Scan action',
    'its permissions boundary lacks the statement',
  ],
  [
    'the lack of a statement',
    'UpdateItem',
    () => ({ Key: own() }),
    'because no identity-based policy allows the dynamodb:UpdateItem action',
    'its policies lack the statement {"Effect":"Allow","Action":"dynamodb:UpdateItem"',
  ],
])('refuses by %s, in AWS’s words, and logs why', async (_, operation, parameters, message, logged) => {
  const refused = await send(operation, parameters());
  expect(refused).toMatchObject({ status: 400, message: expect.stringContaining(message) as string });
  expect(log).toContainEqual({
    type: 'notice',
    level: 'warn',
    message: expect.stringContaining(logged) as string,
  });
});

it('refuses callers by the API’s policy', async () => {
  expect(await send('internal', {})).toMatchObject({
    status: 403,
    message: expect.stringMatching(
      /^User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-central-1:\*{8}0000:\w+\/dev\/POST\/internal with an explicit deny$/,
    ) as string,
  });
});

it('reports what was used, what never, and what was denied', () => {
  const { roles } = cloud.accessReport();
  expect(roles).toHaveLength(1);
  const [{ used, unused, denied }] = roles as [(typeof roles)[number]];
  expect(used.map(({ action }) => action)).toEqual([
    'logs:CreateLogGroup',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'dynamodb:PutItem',
    'dynamodb:GetItem',
  ]);
  expect(unused).toEqual([
    expect.objectContaining({ actions: ['dynamodb:Scan', 'dynamodb:Query', 'dynamodb:DeleteItem'] }),
    expect.objectContaining({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'] }),
  ]);
  expect(denied.map(({ action }) => action)).toEqual([
    'dynamodb:PutItem',
    'dynamodb:DeleteItem',
    'dynamodb:Scan',
    'dynamodb:UpdateItem',
  ]);
});
