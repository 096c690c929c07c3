import { EventEmitter, once } from 'node:events';
import {
  CreateTableCommand,
  DeleteItemCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { credentialsFor } from '../../../../packages/terraform-offline/iam/credentials';
import type { Database } from '../../../../packages/terraform-offline/dynamodb/database';
import { clientOf, roleOf, startedDatabase, tableOf } from './support';

const books = tableOf('Books');
const key = { id: { S: '1' } };
const writer = roleOf(
  'writer',
  {
    actions: ['dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:Scan', 'dynamodb:Delete*'],
    resources: [books.arn],
  },
  { effect: 'Deny', actions: ['dynamodb:DeleteItem'], resources: ['*'] },
);

const log = new EventEmitter();
let database: Database;
const as = (role = writer) => clientOf(database.endpoint, credentialsFor(role));

beforeAll(async () => {
  database = await startedDatabase({
    tables: [books, tableOf('Authors')],
    roles: [writer],
    log: (line) => log.emit('line', line),
  });
});
afterAll(() => database.close());

it('lets a role do what its policies allow', async () => {
  await as().send(new PutItemCommand({ TableName: 'Books', Item: key }));
  expect((await as().send(new ScanCommand({ TableName: 'Books' }))).Items).toEqual([key]);
});

// The wording: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
it.each<[what: string, send: (client: DynamoDBClient) => Promise<unknown>, message: string, logged: string]>([
  [
    'an action that is not granted',
    (client) => client.send(new GetItemCommand({ TableName: 'Books', Key: key })),
    'dynamodb:GetItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/Books because no identity-based policy allows the dynamodb:GetItem action',
    'its policies lack the statement {"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"arn:aws:dynamodb:us-east-1:000000000000:table/Books"}',
  ],
  [
    'a granted action on another table',
    (client) => client.send(new PutItemCommand({ TableName: 'Authors', Item: key })),
    'dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/Authors because no identity-based policy allows the dynamodb:PutItem action',
    'its policies lack the statement {"Effect":"Allow","Action":"dynamodb:PutItem","Resource":"arn:aws:dynamodb:us-east-1:000000000000:table/Authors"}',
  ],
  [
    'a granted action on an index of the table',
    (client) => client.send(new QueryCommand({ TableName: 'Books', IndexName: 'byYear' })),
    'dynamodb:Query on resource: arn:aws:dynamodb:us-east-1:000000000000:table/Books/index/byYear because no identity-based policy allows the dynamodb:Query action',
    'its policies lack the statement',
  ],
  [
    'an action that is allowed and denied',
    (client) => client.send(new DeleteItemCommand({ TableName: 'Books', Key: key })),
    'dynamodb:DeleteItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/Books with an explicit deny in an identity-based policy',
    'Statement[1] of the identity-based policy "writer" denies it',
  ],
])('refuses %s as AWS does, and logs what is missing', async (_, send, message, logged) => {
  const line = once(log, 'line');
  await expect(send(as())).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: `User: arn:aws:sts::000000000000:assumed-role/writer/local is not authorized to perform: ${message}`,
    $metadata: { httpStatusCode: 400 },
  });
  expect(await line).toEqual([expect.stringContaining(logged)]);
});

it('refuses credentials of no role', async () => {
  await expect(as(roleOf('stranger')).send(new ScanCommand({ TableName: 'Books' }))).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  });
});

it('lets the operator do everything', async () => {
  const operator = clientOf(database.endpoint);
  await operator.send(new PutItemCommand({ TableName: 'Authors', Item: key }));
  expect((await operator.send(new ListTablesCommand())).TableNames).toEqual(['Authors', 'Books']);
});

it('answers an unsigned GET, as DynamoDB does', async () => {
  const response = await fetch(database.endpoint);
  expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(/^healthy: /)]);
});

it.each([
  ['without a signature', {}, 400, 'MissingAuthenticationTokenException'],
  [
    'with another kind of authorization',
    { authorization: 'Basic abc' },
    400,
    'MissingAuthenticationTokenException',
  ],
  ['from a page in a browser', { origin: 'https://example.com' }, 403, 'AccessDeniedException'],
])('refuses a request %s', async (_, headers, status, type) => {
  const response = await fetch(`${database.endpoint}/?X-Amz-Credential=%`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      ...headers,
    },
    body: '{}',
  });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ __type: `com.amazon.coral.service#${type}` });
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

it('takes up new grants and tables without a restart', async () => {
  const reader = roleOf('reader', { actions: ['dynamodb:GetItem'], resources: ['*'] });
  await database.update({ tables: [books, tableOf('Prizes')], roles: [reader] });
  await expect(as(reader).send(new GetItemCommand({ TableName: 'Prizes', Key: key }))).resolves.toMatchObject(
    {},
  );
  await expect(as(writer).send(new PutItemCommand({ TableName: 'Books', Item: key }))).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
  });
});

describe('with conditions and a table’s own policy', () => {
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
  const owner = roleOf('owner', {
    actions: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:Scan'],
    resources: [books.arn],
    conditions: [
      { operator: 'ForAllValues:StringEquals', key: 'dynamodb:LeadingKeys', values: ['${aws:PrincipalArn}'] },
      { operator: 'ForAllValues:StringEquals', key: 'dynamodb:Attributes', values: ['id', 'title'] },
      { operator: 'Null', key: 'dynamodb:LeadingKeys', values: ['false'] },
      { operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] },
      { operator: 'StringEquals', key: 'aws:RequestedRegion', values: ['us-east-1'] },
    ],
  });
  const guest = roleOf('guest');
  const guarded = {
    ...books,
    resourcePolicies: {
      [books.arn]: {
        name: 'aws_dynamodb_resource_policy.books',
        version: '2012-10-17',
        statements: [
          {
            effect: 'Allow' as const,
            actions: ['dynamodb:GetItem'],
            notActions: [],
            resources: [books.arn],
            notResources: [],
            principals: { AWS: [guest.arn] },
          },
          {
            effect: 'Deny' as const,
            sid: 'NoScans',
            actions: ['dynamodb:Scan'],
            notActions: [],
            resources: ['*'],
            notResources: [],
            principals: { AWS: ['*'] },
          },
        ],
      },
    },
  };
  const own = { id: { S: owner.arn } };
  const TableName = 'Books';

  /** The same for what is embedded, and for what stands before another DynamoDB. */
  async function inFrontOf<T>(
    remote: boolean,
    use: (as: (role: typeof owner) => DynamoDBClient) => Promise<T>,
  ) {
    const other = remote ? await startedDatabase({ tables: [] }) : undefined;
    const storage = other ? ({ kind: 'endpoint', url: other.endpoint } as const) : undefined;
    const database = await startedDatabase({
      tables: [guarded],
      roles: [owner, guest],
      ...(storage && { storage }),
    });
    try {
      return await use((role) => clientOf(database.endpoint, credentialsFor(role)));
    } finally {
      await database.close();
      await other?.close();
    }
  }

  it.each([
    ['its own', false],
    ['another DynamoDB', true],
  ])('lets roles do what holds, before %s', async (_, remote) => {
    await inFrontOf(remote, async (as) => {
      const client = as(owner);
      const put = (Item: Record<string, { S: string }>) =>
        client.send(new PutItemCommand({ TableName, Item }));
      await put({ ...own, title: { S: 'Dune' } });
      await expect(put({ id: { S: 'other' } })).rejects.toMatchObject({ name: 'AccessDeniedException' });
      await expect(put({ ...own, price: { S: '1' } })).rejects.toMatchObject({
        name: 'AccessDeniedException',
      });
      await expect(client.send(new ScanCommand({ TableName }))).rejects.toMatchObject({
        message: expect.stringContaining('with an explicit deny in a resource-based policy') as string,
      });
      const { Item } = await as(guest).send(new GetItemCommand({ TableName, Key: own }));
      expect(Item).toMatchObject({ title: { S: 'Dune' } });
      await expect(as(guest).send(new PutItemCommand({ TableName, Item: own }))).rejects.toMatchObject({
        message: expect.stringContaining('because no identity-based policy allows') as string,
      });
    });
  });
});

it('lets everything through without IAM', async () => {
  const open = await startedDatabase({ iam: false });
  const client = clientOf(open.endpoint, credentialsFor(roleOf('stranger')));
  await expect(client.send(new ScanCommand({ TableName: 'Books' }))).resolves.toMatchObject({ Count: 0 });
  await expect(
    client.send(
      new CreateTableCommand({
        TableName: 'New',
        KeySchema: [...books.keySchema],
        AttributeDefinitions: [...books.attributeDefinitions],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    ),
  ).resolves.toMatchObject({});
  await open.close();
});
