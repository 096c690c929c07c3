import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { warmUp } from '../../../functions/shared/warm-up';
import { startFaultyDatabase, type FaultyDatabase } from '../../support/database-faults';
import { clientOf } from '../../support/dynalite';

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

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return (performance.now() - before) / 1000;
}

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
  expect(await secondsOf(() => warmUp(client))).toBeLessThan(1.5);
  expect(database.requests).toEqual(['GET']);
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

test('nobody there fails no warm-up', async () => {
  const database = await startFaultyDatabase(() => undefined);
  await database.close();
  await expect(warmUp(clientOf(database.endpoint))).resolves.toBeUndefined();
});

test('a request is given up after three attempts of two seconds', async () => {
  const database = await start(() => undefined);
  const client = clientOf(database.endpoint);
  const seconds = await secondsOf(() =>
    expect(client.send(getItem)).rejects.toMatchObject({ name: 'TimeoutError' }),
  );
  expect(seconds).toBeGreaterThan(5.9);
  expect(seconds).toBeLessThan(9);
  expect(database.requests).toEqual(['GetItem', 'GetItem', 'GetItem']);
  client.destroy();
});
