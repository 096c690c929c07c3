import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeTableCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { startDatabase } from '../../../../packages/terraform-offline/dynamodb/database';
import { clientOf, databaseProcesses, inMemory, tableOf, temporaryFolder } from './support';

let folder: ReturnType<typeof temporaryFolder>;
const onDisk = () => ({ ...inMemory, storage: { kind: 'disk', folder: folder.path } as const });

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

async function idsIn(endpoint: string): Promise<(string | undefined)[]> {
  const { Items = [] } = await clientOf(endpoint, undefined, 10).send(
    new ScanCommand({ TableName: 'Books' }),
  );
  return Items.map(({ id }) => id?.S);
}

function put(endpoint: string, id: string) {
  return clientOf(endpoint).send(new PutItemCommand({ TableName: 'Books', Item: { id: { S: id } } }));
}

it('has the tables, keeps what was written, and leaves no process behind', async () => {
  const first = await startDatabase(onDisk());
  await put(first.endpoint, 'kept');
  const started = performance.now();
  await first.close();
  expect(performance.now() - started).toBeLessThan(1000);
  expect(databaseProcesses()).toEqual([]);
  await expect(fetch(first.endpoint)).rejects.toThrow();

  const second = await startDatabase(onDisk());
  expect(await idsIn(second.endpoint)).toEqual(['kept']);
  await second.close();
});

it('answers on the port that is asked for, and on another when that is taken', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const second = await startDatabase({ ...inMemory, port });
  expect(new URL(second.endpoint).port).not.toBe(String(port));
  server.close();
  await once(server, 'close');

  const first = await startDatabase({ ...inMemory, port });
  expect(first.endpoint).toBe(`http://127.0.0.1:${port}`);
  await Promise.all([first.close(), second.close()]);
});

it('creates the indexes of a table', async () => {
  const key = [{ AttributeName: 'id', KeyType: 'HASH' as const }];
  const byId = { IndexName: 'byId', KeySchema: key, Projection: { ProjectionType: 'KEYS_ONLY' } };
  const database = await startDatabase({
    ...inMemory,
    tables: [{ ...tableOf('Books'), globalSecondaryIndexes: [byId] }],
  });
  const { Table } = await clientOf(database.endpoint).send(new DescribeTableCommand({ TableName: 'Books' }));
  expect(Table?.GlobalSecondaryIndexes).toMatchObject([byId]);
  expect(Table?.TableArn).toBe('arn:aws:dynamodb:us-east-1:000000000000:table/Books');
  await database.close();
});

it('loses no acknowledged write when its process is killed, and answers on the same port again', async () => {
  const log: string[] = [];
  const database = await startDatabase({ ...onDisk(), log: (line) => log.push(line) });
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round++) {
    const [pid] = databaseProcesses();
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let i = 0; ; i++) {
        const id = `${round}-${writer}-${i}`;
        await put(database.endpoint, id);
        acknowledged.push(id);
      }
    });
    await sleep(300);
    process.kill(pid!, 'SIGKILL');
    const killed = performance.now();
    await Promise.allSettled(writers);
    const found = await idsIn(database.endpoint);
    expect(performance.now() - killed).toBeLessThan(5000);
    expect(acknowledged.filter((id) => !found.includes(id))).toEqual([]);
  }
  expect(acknowledged.length).toBeGreaterThan(10);
  expect(log).toHaveLength(3);
  expect(log[0]).toBe('the database process ended (SIGKILL) and is started again');
  await database.close();
});

it('refuses a data folder that is none', async () => {
  const file = path.join(folder.path, 'a-file');
  writeFileSync(file, '');

  await expect(startDatabase({ ...onDisk(), storage: { kind: 'disk', folder: file } })).rejects.toThrow(
    `the data folder ${file} cannot be opened: "${file}" is not a folder`,
  );
});

it('refuses a data folder that cannot be made', async () => {
  const storage = { kind: 'disk', folder: '/proc/none/data' } as const;

  await expect(startDatabase({ ...inMemory, storage })).rejects.toThrow(
    'the data folder /proc/none/data cannot be opened: ENOENT',
  );
});

it('refuses a data folder that another process has, and takes it once that is gone', async () => {
  const first = await startDatabase(onDisk());
  await expect(startDatabase(onDisk())).rejects.toThrow(
    `the data folder ${folder.path} is in use by another process: stop it, or choose another folder with --data-dir`,
  );
  expect(databaseProcesses()).toHaveLength(1);
  await put(first.endpoint, 'still here');
  await first.close();
  await (await startDatabase(onDisk())).close();
});

it('refuses a table whose key has changed, naming both and the way out', async () => {
  await (await startDatabase(onDisk())).close();
  const changed = { ...onDisk(), tables: [tableOf('Books', 'isbn')] };
  await expect(startDatabase(changed)).rejects.toThrow(
    'the table Books in the database has the key id (S); the stack declares the key isbn (S): start with --reset',
  );

  const database = await startDatabase(onDisk());
  await expect(database.update(changed)).rejects.toThrow('the key isbn (S)');
  expect(await idsIn(database.endpoint)).toEqual([]);
  await database.close();
});

const indexOn = (attribute: string) => ({
  IndexName: 'byAuthor',
  KeySchema: [{ AttributeName: attribute, KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'ALL' },
});

it('refuses an index that an existing table does not have, with a way out for every storage', async () => {
  const database = await startDatabase(inMemory);
  const changed = { ...tableOf('Books'), globalSecondaryIndexes: [indexOn('id')] };

  const refused = database.update({ tables: [changed], roles: [] });

  await expect(refused).rejects.toThrow(
    /the stack declares .* the index byAuthor on id \(S\): start with --reset .*--data-dir; .*--in-memory, start again; .*--dynamodb-endpoint/,
  );
  await database.close();
});

it('survives clients that go away in the middle of a request', async () => {
  const log: string[] = [];
  const database = await startDatabase({ ...inMemory, log: (line) => log.push(line) });
  for (const body of ['half', '{"TableName":"Books"}'.padEnd(100)]) {
    const socket = net.connect(Number(new URL(database.endpoint).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n${body}`);
    await sleep(20);
    socket.resetAndDestroy();
  }
  await sleep(50);
  expect(await idsIn(database.endpoint)).toEqual([]);
  expect(log.filter((line) => line.includes('ended'))).toEqual([]);
  await database.close();
});

it('leaves a terminal’s Ctrl-C, which reaches it too, to its parent', async () => {
  const database = await startDatabase(onDisk());
  const [pid] = databaseProcesses();
  process.kill(pid!, 'SIGINT');
  await sleep(100);
  expect(databaseProcesses()).toEqual([pid]);
  await database.close();
});

it('ends with its parent, even a killed one', async () => {
  const program = ['tools/ts.mjs', '__tests__/fixtures/database-parent.ts'];
  const parent = spawn(process.execPath, [...program, JSON.stringify(onDisk())], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [endpoint] = (await once(parent.stdout, 'data')) as [Buffer];
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await sleep(500);
  await expect(fetch(endpoint.toString().trim())).rejects.toThrow('fetch failed');
  await (await startDatabase(onDisk())).close();
});
