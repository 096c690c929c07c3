import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { clientSettings, createClient } from '../../../../functions/shared/dynamodb/client';
import { warmUp } from '../../../../functions/shared/dynamodb/warm-up';
import { startFaultyDatabase, type FaultyDatabase } from '../../../support/database-faults';
import { clientOf } from '../../../support/dynamodb';
import { holdTimeouts, retryAtOnce, until } from '../../../support/sdk-waits';

retryAtOnce();

const getItem = new GetItemCommand({ TableName: 'table', Key: { id: { S: '1' } } });
const started: { close(): Promise<void> }[] = [];

async function start(...fault: Parameters<typeof startFaultyDatabase>): Promise<FaultyDatabase> {
  const database = await startFaultyDatabase(...fault);
  started.push(database);
  return database;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((database) => database.close()));
});

test('the warm-up is one unsigned GET /, and the first request uses its connection', async () => {
  const seen: { method?: string; url?: string; authorization?: string; socket: Socket }[] = [];
  const database = await start(({ incoming: { method, url, headers, socket } }, response) => {
    seen.push({ method, url, authorization: headers.authorization, socket });
    response.end(method === 'GET' ? 'healthy: dynamodb.us-east-1.amazonaws.com ' : '{}');
  });
  const client = clientOf(database.endpoint);
  await warmUp(client);
  await client.send(getItem);
  expect(seen).toHaveLength(2);
  expect(seen[0]).toMatchObject({ method: 'GET', url: '/', authorization: undefined });
  expect(seen[1]).toMatchObject({ method: 'POST', authorization: expect.stringContaining('AWS4') as string });
  expect(seen[1]!.socket).toBe(seen[0]!.socket);
  client.destroy();
});

test('a database that never answers holds the start up for a second at most, and is asked once', async () => {
  const database = await start(() => undefined);
  const client = clientOf(database.endpoint);
  const patience = new AbortController();
  const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal);
  let isOver = false;
  const warming = warmUp(client).then(() => (isOver = true));
  while (database.requests.length === 0) await setImmediate();
  expect(timeout.mock.calls).toEqual([[1000]]);
  expect(isOver).toBe(false);
  patience.abort();
  await warming;
  expect(database.requests).toEqual(['GET']);
  timeout.mockRestore();
  client.destroy();
});

test.each<[string, (socket: Socket) => void]>([
  ['hangs up', (socket) => socket.destroy()],
  ['speaks another protocol', (socket) => socket.resume().end('SSH-2.0-OpenSSH_9.9\r\n')],
])('a server that %s fails no warm-up', async (_, onConnection) => {
  const server = createServer(onConnection).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await expect(warmUp(client)).resolves.toBeUndefined();
  client.destroy();
  await new Promise((closed) => server.close(closed));
});

test('a failed warm-up is followed by a first request that is signed, sent and answered', async () => {
  const seen: string[] = [];
  const database = await start(({ incoming: { method, headers } }, response) => {
    seen.push(`${method} ${headers.authorization?.split(' ')[0] ?? 'unsigned'}`);
    if (method === 'GET') response.destroy();
    else response.end(JSON.stringify({ Item: { id: { S: '1' } } }));
  });
  const client = clientOf(database.endpoint);
  await warmUp(client);
  expect(await client.send(getItem)).toMatchObject({ Item: { id: { S: '1' } } });
  expect(seen).toEqual(['GET unsigned', 'POST AWS4-HMAC-SHA256']);
  client.destroy();
});

test('a warm-up without credentials keeps nobody from sending with credentials later', async () => {
  const database = await start((_, response) => {
    response.end('{}');
  });
  let asked = 0;
  const client = new DynamoDBClient({
    ...clientSettings,
    endpoint: database.endpoint,
    region: 'us-east-1',
    credentials: () => {
      asked += 1;
      if (asked === 1) return Promise.reject(new Error('not yet'));
      return Promise.resolve({ accessKeyId: 'local', secretAccessKey: 'local' });
    },
  });
  await expect(warmUp(client)).resolves.toBeUndefined();
  await client.send(getItem);
  expect(database.requests).toEqual(['GetItem']);
  client.destroy();
});

test('nobody there fails no warm-up', async () => {
  const database = await startFaultyDatabase(() => undefined);
  await database.close();
  await expect(warmUp(clientOf(database.endpoint))).resolves.toBeUndefined();
});

test('a request is given up after three attempts of two seconds', async () => {
  holdTimeouts();
  const database = await start(() => undefined);
  const client = clientOf(database.endpoint);
  let error: unknown;
  const sending = client.send(getItem).catch((thrown: unknown) => (error = thrown));
  for (const attempts of [1, 2, 3]) {
    await until(() => database.requests.length === attempts);
    await jest.advanceTimersByTimeAsync(1800);
    expect(database.requests).toHaveLength(attempts);
    expect(error).toBeUndefined();
    await jest.advanceTimersByTimeAsync(210);
  }
  await sending;
  jest.useRealTimers();
  expect(error).toMatchObject({ name: 'TimeoutError' });
  expect(database.requests).toEqual(['GetItem', 'GetItem', 'GetItem']);
  client.destroy();
});

describe('the client of a function', () => {
  const before = { ...process.env };
  beforeEach(() => {
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' });
  });
  afterEach(() => {
    process.env = { ...before };
  });

  /** Where a request would go, without sending it. */
  async function destination(): Promise<string> {
    const client = createClient();
    const command = new GetItemCommand({ TableName: 'table', Key: { id: { S: '1' } } });
    let host = '';
    command.middlewareStack.add(
      () => (args) => {
        host = (args.request as { hostname: string }).hostname;
        return Promise.reject(new Error('not sent'));
      },
      { step: 'build', priority: 'low' },
    );
    await expect(client.send(command)).rejects.toThrow('not sent');
    return host;
  }

  test('asks the DynamoDB of its region', async () => {
    process.env.AWS_REGION = 'eu-central-1';
    expect(await destination()).toBe('dynamodb.eu-central-1.amazonaws.com');
  });

  test('asks the database that AWS_ENDPOINT_URL_DYNAMODB names', async () => {
    process.env.AWS_REGION = 'eu-central-1';
    process.env.AWS_ENDPOINT_URL_DYNAMODB = 'http://database.example:8000';
    expect(await destination()).toBe('database.example');
  });

  test('sends nothing without a region', async () => {
    delete process.env.AWS_REGION;
    await expect(createClient().send(getItem)).rejects.toThrow('AWS_REGION is not set');
  });

  test.each([
    [true, 1],
    [false, 2],
  ])('with keepAlive %s sends two requests over %i connections', async (keepAlive, connections) => {
    const sockets = new Set<Socket>();
    const database = await start(({ incoming }, response) => {
      sockets.add(incoming.socket);
      response.end('{}');
    });
    Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL_DYNAMODB: database.endpoint });
    const client = createClient({ keepAlive });
    await client.send(getItem);
    await client.send(getItem);
    expect(sockets.size).toBe(connections);
    client.destroy();
  });
});
