import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { routes as dataApi } from '../../../functions/data-api/contract';
import { routes as dynamodbManager } from '../../../functions/dynamodb-manager/contract';
import { routes as itemsApi } from '../../../functions/items-api/contract';
import { routes as orderApi } from '../../../functions/order-api/contract';
import { bundleDefects } from '../../../tools/build/checks';
import { libraryExceptions } from '../../../tools/build/library-exceptions';
import { forward, startFaultyDatabase, type FaultyDatabase } from '../../support/database-faults';
import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { httpEvent } from '../../support/http-event';
import { invokeBundle } from '../../support/invoke-bundle';
import { restEvent } from '../../support/rest-event';

const JSON_BODY = { 'Content-Type': 'application/json' };
const TABLE = 'table';

/** Of the requests that were signed, in order. */
const headers: IncomingHttpHeaders[] = [];
let dynamodb: EmbeddedDynamoDB;
let database: FaultyDatabase;
/** The operations of DynamoDB that the tests so far have come to. */
const operations = new Set<string>();

beforeAll(async () => {
  dynamodb = await startDynamoDB();
  await dynamodb.createTable(TABLE);
  const passOn = forward(dynamodb.endpoint);
  database = await startFaultyDatabase((exchange, response) => {
    operations.add(exchange.operation);
    if (exchange.operation !== 'GET') headers.push(exchange.incoming.headers);
    return passOn(exchange, response);
  });
});
afterAll(async () => {
  await database.close();
  await dynamodb.close();
});

const run = (bundle: string, events: readonly unknown[], variables: Record<string, string> = {}) =>
  invokeBundle(bundle, events, {
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    TABLE_NAME: TABLE,
    STACK: 'stack',
    TABLES: JSON.stringify({ [TABLE]: TABLE }),
    ...variables,
  });

const statuses = (answers: readonly unknown[]) =>
  answers.map((answer) => (answer as { statusCode?: number }).statusCode);

test.each(libraryExceptions)('$module has a reason and a test', ({ reason, test }) => {
  expect(reason).toMatch(/\.$/);
  expect(existsSync(test)).toBe(true);
});

describe('bundles that find nothing but themselves and their layer call DynamoDB:', () => {
  test('data-api', async () => {
    const body = JSON.stringify({ data: [1, 'two', null] });
    const store = await run('data-api/store-data', [
      restEvent({ method: 'POST', path: '/data', headers: JSON_BODY, body }),
      restEvent({ method: 'POST', path: '/data', headers: { ...JSON_BODY, 'Idempotency-Key': 'a' }, body }),
      // The same again reads what the first one wrote.
      restEvent({ method: 'POST', path: '/data', headers: { ...JSON_BODY, 'Idempotency-Key': 'a' }, body }),
    ]);
    expect(statuses(store.answers)).toEqual([201, 201, 201]);
    const { id } = JSON.parse((store.answers[0] as { body: string }).body) as { id: string };
    const event = restEvent({ method: 'GET', path: `/data/${id}`, pathParameters: { id } });
    const { answers } = await run('data-api/retrieve-data', [event]);
    expect(answers).toMatchObject([
      { statusCode: 200, body: JSON.stringify({ id, data: [1, 'two', null] }) },
    ]);
  });

  test('items-api', async () => {
    const item = JSON.stringify({ name: 'Book', price: 9.5 });
    const create = await run('items-api/create-item', [
      httpEvent({ method: 'POST', path: '/items', headers: JSON_BODY, body: item }),
    ]);
    expect(statuses(create.answers)).toEqual([201]);
    const { id } = JSON.parse((create.answers[0] as { body: string }).body) as { id: string };
    const pathParameters = { id };
    const path = `/items/${id}`;
    const answer = async (bundle: string, event: unknown) => (await run(bundle, [event])).answers[0];
    expect(
      await answer(
        'items-api/update-item',
        httpEvent({ method: 'PUT', path, pathParameters, headers: JSON_BODY, body: item }),
      ),
    ).toMatchObject({ statusCode: 200, headers: { ETag: '"2"' } });
    expect(
      await answer('items-api/get-item', httpEvent({ method: 'GET', path, pathParameters })),
    ).toMatchObject({ statusCode: 200 });
    const list = await answer('items-api/list-items', httpEvent({ method: 'GET', path: '/items' }));
    expect(list).toMatchObject({ statusCode: 200, body: expect.stringContaining(id) as string });
    expect(
      await answer('items-api/delete-item', httpEvent({ method: 'DELETE', path, pathParameters })),
    ).toMatchObject({ statusCode: 204 });
  });

  const Key = { id: '1' };
  const order = { ...Key, product: 'Book', price: 9.5, order_date: '2024-11-04T10:30:00Z' };
  const envelopes = [
    { operation: 'create', payload: { Item: order } },
    { operation: 'read', payload: { Key } },
    {
      operation: 'update',
      payload: { Key, UpdateExpression: 'SET price = :p', ExpressionAttributeValues: { ':p': 1 } },
    },
    { operation: 'list' },
    {
      operation: 'query',
      payload: { KeyConditionExpression: 'id = :id', ExpressionAttributeValues: { ':id': '1' } },
    },
    { operation: 'delete', payload: { Key } },
  ];

  test.each([
    ['dynamodb-manager/manage-items', (envelope: object) => envelope],
    [
      'order-api/process-order',
      (envelope: object) =>
        restEvent({ method: 'POST', path: '/order', headers: JSON_BODY, body: JSON.stringify(envelope) }),
    ],
  ])('%s', async (bundle, eventOf) => {
    const { answers } = await run(bundle, envelopes.map(eventOf));
    const bodies = answers.map((answer) =>
      'body' in (answer as object) ? (JSON.parse((answer as { body: string }).body) as unknown) : answer,
    );
    expect(bodies).toMatchObject(envelopes.map(() => ({ ResponseMetadata: { HTTPStatusCode: 200 } })));
  });

  // The operations that functions are allowed are those that they call.
  test('with every operation that there is in the contracts', () => {
    const allowed = [dataApi, itemsApi, dynamodbManager, orderApi].flat().flatMap(({ actions }) => actions);
    expect([...operations].filter((operation) => operation !== 'GET').sort()).toEqual(
      [...new Set(allowed)].sort(),
    );
  });
});

test('a function signs with the credentials of its environment and reads no settings file', async () => {
  const home = mkdtempSync(path.join(tmpdir(), 'home-'));
  mkdirSync(path.join(home, '.aws'));
  writeFileSync(path.join(home, '.aws/config'), '[default]\nregion = us-west-2\nretry_mode = adaptive\n');
  writeFileSync(
    path.join(home, '.aws/credentials'),
    '[default]\naws_access_key_id = OTHER\naws_secret_access_key = other\n',
  );
  headers.length = 0;

  const { answers, read } = await run('dynamodb-manager/manage-items', [{ operation: 'list' }], {
    HOME: home,
  });

  rmSync(home, { recursive: true });
  expect(answers).toMatchObject([{ ResponseMetadata: { HTTPStatusCode: 200 } }]);
  expect(read).toEqual([]);
  expect(headers.map(({ authorization }) => authorization)).toEqual([
    expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/dynamodb\/aws4_request,/,
    ),
  ]);
});

test('the user agent tells the version of the SDK', async () => {
  headers.length = 0;
  await run('dynamodb-manager/manage-items', [{ operation: 'list' }]);
  expect(headers.map((sent) => sent['user-agent'])).toEqual([
    expect.stringMatching(/\baws-sdk-js\/3\.\d+\.\d+ /),
  ]);
});

describe('a bundle that leaves out what Lambda does not have', () => {
  const source = {
    entry: 'functions/data-api/store-data.ts',
    contract: 'functions/data-api/contract.ts',
    sizeBudget: 1,
  };
  const output = (module: string) => ({
    imports: [{ path: module, kind: 'import-statement' as const, external: true }],
    exports: [],
    inputs: {},
    bytes: 0,
  });

  test('is refused', async () => {
    expect(await bundleDefects(source, output('left-pad'), new Map())).toEqual([
      'functions/data-api/store-data.ts: the bundle leaves "left-pad" out, and Lambda does not have it: bundle it, or say why not in tools/build/library-exceptions.ts',
    ]);
  });

  test.each(['node:crypto', 'crypto', '@smithy/core/event-streams'])(
    'is not one without %s',
    async (module) => {
      expect(await bundleDefects(source, output(module), new Map())).toEqual([]);
    },
  );
});
