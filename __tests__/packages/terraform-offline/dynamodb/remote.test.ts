import { EventEmitter, once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  request,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { credentialsFor } from '../../../../packages/terraform-offline/iam/credentials';
import type { DatabaseCall } from '../../../../packages/terraform-offline/dynamodb/database-call';
import { type RemoteOptions, startRemote } from '../../../../packages/terraform-offline/dynamodb/remote';
import type { Database } from '../../../../packages/terraform-offline/dynamodb/database';
import { clientOf, roleOf, startedDatabase, tableOf } from './support';

/** Stands for DynamoDB Local. */
let other: Database;
const { keySchema, attributeDefinitions } = tableOf('Books');
const tableDescription = {
  TableStatus: 'ACTIVE',
  KeySchema: keySchema,
  AttributeDefinitions: attributeDefinitions,
};
const writer = roleOf('writer', { actions: ['dynamodb:PutItem'], resources: [tableOf('Books').arn] });

beforeAll(async () => {
  other = await startedDatabase({ tables: [] });
});
afterAll(() => other.close());

it('creates the tables in the other DynamoDB, and enforces the policies before it', async () => {
  const storage = { kind: 'endpoint', url: other.endpoint } as const;
  const calls: DatabaseCall[] = [];
  const database = await startedDatabase({ roles: [writer], storage, called: (call) => calls.push(call) });
  const client = clientOf(database.endpoint, credentialsFor(writer));
  await client.send(new PutItemCommand({ TableName: 'Books', Item: { id: { S: 'ü' } } }));
  await expect(client.send(new ScanCommand({ TableName: 'Books' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
  const scan = await clientOf(other.endpoint).send(new ScanCommand({ TableName: 'Books' }));
  expect(scan.Items).toEqual([{ id: { S: 'ü' } }]);
  expect(calls).toMatchObject([
    { operation: 'PutItem', tables: ['Books'], status: 200, error: undefined },
    { operation: 'Scan', tables: ['Books'], status: 400 },
  ]);
  expect(calls[1]?.error).toMatch(
    /^AccessDeniedException: User: .* is not authorized to perform: dynamodb:Scan/,
  );
  await database.close();
});

it('says so when nothing answers there', async () => {
  const storage = { kind: 'endpoint', url: 'http://127.0.0.1:1' } as const;
  await expect(startedDatabase({ storage })).rejects.toThrow('there is no DynamoDB at http://127.0.0.1:1');
});

it('breaks its answer off when the other one does', async () => {
  let half: (response: ServerResponse) => void = () => undefined;
  const dying = createServer((request, response) => {
    request.resume();
    // What creates the tables; the scan comes after.
    if (String(request.headers['x-amz-target']).endsWith('.Scan')) half(response);
    else response.end(JSON.stringify({ Table: tableDescription }));
  });
  dying.listen(0, '127.0.0.1');
  await once(dying, 'listening');
  const url = `http://127.0.0.1:${(dying.address() as AddressInfo).port}`;
  const database = await startedDatabase({ iam: false, storage: { kind: 'endpoint', url } });
  half = (response) => {
    response.writeHead(200, { 'Content-Length': 1000 });
    response.write('{"Items":', () => response.destroy());
  };

  const answer = await fetch(database.endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'DynamoDB_20120810.Scan' },
    body: '{}',
  });
  await expect(answer.text()).rejects.toThrow('terminated');
  await database.close();
  dying.close();
});

/** Stands before a server of the test's own. @param decide whether the caller may. Default: everybody may everything */
async function standingBefore(
  answer: RequestListener,
  { path = '', decide = () => undefined }: { path?: string; decide?: RemoteOptions['decide'] } = {},
) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const lines: string[] = [];
  const deleted: string[] = [];
  const remote = await startRemote({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    port: 0,
    decide,
    tables: () => [],
    log: (line) => lines.push(line),
    onTableDeleted: (name) => deleted.push(name),
  });
  const send = (operation: string, input: object = {}) =>
    request(remote.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': `DynamoDB_20120810.${operation}` },
    }).end(JSON.stringify(input));
  return {
    server,
    lines,
    deleted,
    send,
    answered: async (operation: string) => {
      const [answer] = (await once(send(operation), 'response')) as [IncomingMessage];
      return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
    },
    stop: async () => {
      await remote.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}

it('loses the request that meets a defect, and answers the next', async () => {
  const defects = [new Error('a defect')];
  const decide = () => {
    const defect = defects.pop();
    if (defect) throw defect;
    return undefined;
  };
  const { answered, lines, stop } = await standingBefore((_, response) => response.end('{}'), { decide });

  await expect(answered('ListTables')).rejects.toThrow('socket hang up');
  expect(await answered('ListTables')).toMatchObject({ status: 200, body: '{}' });
  expect(lines).toEqual([expect.stringMatching(/^Error: a defect\n {4}at /)]);
  await stop();
});

it('loses the request whose answer is none, and says so', async () => {
  const { answered, lines, stop } = await standingBefore(({ socket, headers }, response) => {
    if (headers['x-amz-target']?.includes('Scan')) socket.end('HTTP/1.1 099 None\r\n\r\n');
    else response.end('{}');
  });

  await expect(answered('Scan')).rejects.toThrow('socket hang up');
  expect(lines).toEqual([
    expect.stringMatching(/^DynamoDB at http.* did not answer Scan: Invalid status code/),
  ]);
  expect(await answered('ListTables')).toMatchObject({ status: 200 });
  await stop();
});

it('reads to its end what a client has no more use for', async () => {
  // More than sockets hold: it is sent whole only to somebody who reads it.
  const large = Buffer.alloc(32 * 1024 * 1024);
  const sent: Promise<unknown>[] = [];
  const { send, stop } = await standingBefore((_, response) => {
    sent.push(once(response, 'finish'));
    response.end(large);
  });

  for (let i = 0; i < 3; i++) {
    const scan = send('Scan').on('error', () => undefined);
    const [answer] = (await once(scan, 'response')) as [IncomingMessage];
    answer.destroy();
  }
  expect(await Promise.all(sent)).toHaveLength(3);
  await stop();
});

it('knows that a table was deleted, though who deleted it has gone', async () => {
  const arrived = new EventEmitter();
  const { deleted, send, answered, stop } = await standingBefore((_, response) => {
    if (!arrived.emit('deletion', response)) response.end('{}');
  });

  const deletion = send('DeleteTable', { TableName: 'Books' }).on('error', () => undefined);
  const [response] = (await once(arrived, 'deletion')) as [ServerResponse];
  deletion.destroy();
  await answered('ListTables');
  expect(deleted).toEqual([]);
  response.end('{}');
  while (deleted.length === 0) await answered('ListTables');
  expect(deleted).toEqual(['Books']);
  await stop();
});

it('asks where the URL leads, and passes on nothing about its own connections', async () => {
  const { answered, server, stop } = await standingBefore(
    ({ url, headers }, response) => response.end(JSON.stringify({ url, host: headers.host })),
    { path: '/ddb/' },
  );
  const { port } = server.address() as AddressInfo;

  const { body, headers } = await answered('ListTables');
  expect(JSON.parse(body)).toEqual({ url: '/ddb/', host: `127.0.0.1:${port}` });
  // Of the server that stands before it, not of the one behind, which says 5.
  expect(headers['keep-alive']).toBe('timeout=60');
  await stop();
});
