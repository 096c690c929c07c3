import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Cloud, serve } from 'terraform-offline';
import { OPERATOR } from '../../packages/terraform-offline/iam/credentials';
import { type Answered, send } from '../support/http';
import { type Attributes, type Changes, SynthesizedCopy } from './support/synthesized-copy';

const notices: string[] = [];
const copy = new SynthesizedCopy();
let cloud: Cloud;

beforeAll(async () => {
  cloud = await serve({
    folder: copy.folder,
    log(entry) {
      if (entry.type === 'notice') notices.push(entry.message);
    },
  });
});

afterAll(async () => {
  await cloud.close();
  copy.remove();
});

const value = { data: { kept: true } };
const item = { name: 'Keyboard', price: 49.9 };
const list = { operation: 'list', payload: {} };

/** A request of every route, in an order in which all of them succeed. */
const REQUESTS: readonly [route: string, path: string, body?: object][] = [
  ['POST /data', '/data-api/prod/data', value],
  ['GET /data/{id}', '/data-api/prod/data/<data>'],
  ['POST /items', '/items-api/items', item],
  ['GET /items', '/items-api/items'],
  ['GET /items/{id}', '/items-api/items/<item>'],
  ['PUT /items/{id}', '/items-api/items/<item>', item],
  ['DELETE /items/{id}', '/items-api/items/<item>'],
  ['POST /DynamoDBManager', '/dynamodb-manager/prod/DynamoDBManager', list],
  ['POST /order', '/order-api/prod/order', list],
];

interface Case {
  /** What is taken out of which stack. */
  readonly missing: string;
  readonly stack: string;
  readonly changes: Changes;
  /** The one request that fails then. */
  readonly fails: string;
  readonly status: number;
  readonly body: object;
  /** What the log says about it. */
  readonly named: readonly string[];
}

const gone = () => undefined;
const without = (attribute: string) => (block: Attributes) => ({ ...block, [attribute]: undefined });
const notAllowing = (action: string) => (block: Attributes) => ({
  ...block,
  policy: (block.policy as string).replace(new RegExp(`"${action}",|,?"${action}"`), ''),
});

/** The stacks make their REST APIs' answers problems; `detail` is AWS's own message. */
const configurationError = { status: 500, detail: 'Internal server error', code: 'api-configuration-error' };
const internalError = { status: 500, code: 'internal-error' };
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html
const httpApiError = { message: 'Internal Server Error' };

const REST: readonly Case[] = [
  {
    missing: 'the grant of GetItem',
    stack: 'data-api',
    changes: { 'RetrieveDataFunction/policy': notAllowing('dynamodb:GetItem') },
    fails: 'GET /data/{id}',
    status: 500,
    body: internalError,
    named: ['RetrieveDataFunction-role', '"Action":"dynamodb:GetItem"', 'table/MyDataTable"'],
  },
  {
    missing: 'the grant of Scan',
    stack: 'dynamodb-manager',
    changes: { 'LambdaFunctionOverHttps/policy': notAllowing('dynamodb:Scan') },
    fails: 'POST /DynamoDBManager',
    status: 500,
    body: internalError,
    named: ['lambda-apigateway-role', '"Action":"dynamodb:Scan"', 'table/lambda-apigateway"'],
  },
  {
    missing: 'the permission',
    stack: 'data-api',
    changes: { 'RetrieveDataFunction/permission-GET-data--{}': gone },
    fails: 'GET /data/{id}',
    status: 500,
    body: configurationError,
    named: ['GET /data/{id}', 'RetrieveDataFunction has no aws_lambda_permission', '/prod/GET/data/*'],
  },
  {
    missing: 'the integration',
    stack: 'data-api',
    changes: { 'api/integration-POST-data': gone },
    fails: 'POST /data',
    status: 500,
    body: configurationError,
    named: ['POST /data', 'integration'],
  },
  {
    missing: 'the route',
    stack: 'data-api',
    changes: { 'api/method-POST-data': gone, 'api/integration-POST-data': gone },
    fails: 'POST /data',
    status: 403,
    // https://repost.aws/knowledge-center/api-gateway-authentication-token-errors
    body: { status: 403, detail: 'Missing Authentication Token' },
    named: ['POST /data', 'data-api has no such method'],
  },
];

const HTTP: readonly Case[] = [
  {
    missing: 'the grant of DeleteItem',
    stack: 'items-api',
    changes: { 'DeleteItemFunction/policy': notAllowing('dynamodb:DeleteItem') },
    fails: 'DELETE /items/{id}',
    status: 500,
    body: internalError,
    named: ['DeleteItemFunction-role', '"Action":"dynamodb:DeleteItem"', 'table/items"'],
  },
  {
    missing: 'the permission',
    stack: 'items-api',
    changes: { 'GetItemFunction/permission-GET-items--{}': gone },
    fails: 'GET /items/{id}',
    status: 500,
    body: httpApiError,
    named: ['GET /items/{id}', 'GetItemFunction has no aws_lambda_permission', '/$default/GET/items/{id}'],
  },
  {
    missing: 'the integration',
    stack: 'items-api',
    changes: { 'api/integration-PUT-items--{}': gone, 'api/route-PUT-items--{}': without('target') },
    fails: 'PUT /items/{id}',
    status: 500,
    body: httpApiError,
    named: ['PUT /items/{id}', 'no integration'],
  },
  {
    missing: 'the route',
    stack: 'items-api',
    changes: { 'api/route-GET-items': gone },
    fails: 'GET /items',
    status: 404,
    body: { message: 'Not Found' },
    named: ['GET /items', 'items-api has no such route'],
  },
  {
    missing: 'the layer',
    stack: 'items-api',
    changes: { 'ListItemsFunction/function': without('layers') },
    fails: 'GET /items',
    status: 500,
    body: httpApiError,
    named: ['GET /items', 'no Lambda layer "items-orm"'],
  },
];

describe.each([
  ['a REST', REST],
  ['an HTTP', HTTP],
])('behind %s API', (_, cases) => {
  it.each(cases)('without $missing of $stack only $fails fails', async (one) => {
    await cloud.reload();
    const ids = {
      data: await create('/data-api/prod/data', value),
      item: await create('/items-api/items', item),
    };
    copy.change(one.stack, one.changes);
    await cloud.reload();
    notices.length = 0;

    const answers: Record<string, Answered> = {};
    for (const [route, path, body] of REQUESTS) {
      const filled = path.replace('<data>', ids.data).replace('<item>', ids.item);
      answers[route] = await request(filled, route.split(' ')[0], body);
    }
    copy.restore(one.stack);

    const failed = Object.keys(answers).filter((route) => answers[route]!.status >= 300);
    expect(failed).toEqual([one.fails]);
    const { status, text } = answers[one.fails]!;
    expect(status).toBe(one.status);
    expect(JSON.parse(text)).toMatchObject(one.body);
    expect(notices.filter((notice) => one.named.every((part) => notice.includes(part)))).toHaveLength(1);
  });
});

/** What cannot be served answers 501 with its address and reason, and nothing else does. */
describe('what cannot be served', () => {
  it.each<[what: string, stack: string, changes: Changes, fails: readonly string[], named: string]>([
    [
      'a function',
      'data-api',
      { 'RetrieveDataFunction/function': (block) => ({ ...block, runtime: 'java21' }) },
      ['GET /data/{id}'],
      'runtime: java21 is not served locally: nodejs and python are',
    ],
    [
      'an integration',
      'data-api',
      {
        'api/integration-POST-data': (block) => ({
          ...block,
          type: 'AWS',
          uri: 'arn:aws:apigateway:us-east-1:s3:path/bucket',
        }),
      },
      ['POST /data'],
      "uri: expected a function's invoke_arn, received arn:aws:apigateway:us-east-1:s3:path/bucket",
    ],
    [
      'an expression',
      'items-api',
      { 'api/route-GET-items': (block) => ({ ...block, target: '${local.target}' }) },
      ['GET /items'],
      'there is no local.target',
    ],
  ])('%s of %s takes nothing else down', async (_, stack, changes, fails, named) => {
    copy.change(stack, changes);
    notices.length = 0;
    await cloud.reload();
    copy.restore(stack);

    const statuses: Record<string, number> = {};
    for (const [route, path, body] of REQUESTS) {
      const { status, text } = await request(path, route.split(' ')[0], body);
      statuses[route] = status;
      if (fails.includes(route)) expect(text).toContain(JSON.stringify(named).slice(1, -1));
    }
    expect(Object.keys(statuses).filter((route) => statuses[route] === 501)).toEqual(fails);
    expect(Object.values(statuses).filter((status) => status === 500)).toEqual([]);
    expect(notices.filter((notice) => notice.startsWith('not served: '))).toEqual([
      expect.stringContaining(named),
    ]);
  });

  it('a table answers 501 to those who ask for it', async () => {
    copy.change('data-api', {
      'table/table': (block) => ({ ...block, attribute: [{ name: 'other', type: 'S' }] }),
    });
    await cloud.reload();
    copy.restore('data-api');

    const client = new DynamoDBClient({
      endpoint: cloud.databaseEndpoint,
      region: 'us-east-1',
      credentials: OPERATOR,
      maxAttempts: 1,
    });
    const scan = (TableName: string) => client.send(new ScanCommand({ TableName }));
    await expect(scan('MyDataTable')).rejects.toMatchObject({
      message: expect.stringContaining('the table MyDataTable has no attribute block for id') as string,
      $metadata: { httpStatusCode: 501 },
    });
    expect((await scan('items')).$metadata.httpStatusCode).toBe(200);
    client.destroy();
  });

  it('a stack that is no Terraform answers 501, and the others are served', async () => {
    writeFileSync(path.join(copy.folder, 'stacks/order-api/cdk.tf.json'), '{');
    await cloud.reload();
    copy.restore('order-api');

    expect((await request('/order-api/prod/order', 'POST', list)).status).toBe(501);
    expect((await request('/items-api/items')).status).toBe(200);
  });
});

function request(path: string, method?: string, body?: object): Promise<Answered> {
  const sent = body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  return send(cloud.url, path, { method, ...sent });
}

async function create(path: string, body: object): Promise<string> {
  const { text } = await request(path, 'POST', body);
  return (JSON.parse(text) as { id: string }).id;
}
