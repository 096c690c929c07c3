import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { clientOf, startedDatabase, tableOf, temporaryFolder } from './support';

let folder: ReturnType<typeof temporaryFolder>;
const onDisk = () => ({ storage: { kind: 'disk', folder: folder.path } as const });

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

it('has the tables, and keeps what was written', async () => {
  const first = await startedDatabase(onDisk());
  await put(first.endpoint, 'kept');
  await first.close();
  await expect(fetch(first.endpoint)).rejects.toThrow();

  const second = await startedDatabase(onDisk());
  expect(await idsIn(second.endpoint)).toEqual(['kept']);
  await second.close();
});

it('answers on the port that is asked for, and on another when that is taken', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  const second = await startedDatabase({ port });
  expect(new URL(second.endpoint).port).not.toBe(String(port));
  server.close();
  await once(server, 'close');

  const first = await startedDatabase({ port });
  expect(first.endpoint).toBe(`http://127.0.0.1:${port}`);
  await Promise.all([first.close(), second.close()]);
});

it('has the items that are declared, and leaves those that were changed since', async () => {
  const declared = (id: string, text: string) => ({
    address: `main.tf: aws_dynamodb_table_item.${id}`,
    item: { id: { S: id }, text: { S: text } },
  });
  const table = { ...tableOf('Books'), items: [declared('a', 'first'), declared('b', 'second')] };
  const first = await startedDatabase({ ...onDisk(), tables: [table] });
  expect((await idsIn(first.endpoint)).sort()).toEqual(['a', 'b']);
  await put(first.endpoint, 'a');
  await first.close();

  const second = await startedDatabase({ ...onDisk(), tables: [table] });
  const { Items = [] } = await clientOf(second.endpoint).send(new ScanCommand({ TableName: 'Books' }));
  expect(Items).toHaveLength(2);
  expect(Items).toEqual(expect.arrayContaining([{ id: { S: 'a' } }, declared('b', 'second').item]));
  await second.close();
});

it('says which declared item it does not take, and goes on', async () => {
  const address = 'main.tf: aws_dynamodb_table_item.keyless';
  const items = [
    { address, item: { title: { S: 'none' } } },
    { address: 'main.tf: aws_dynamodb_table_item.good', item: { id: { S: 'good' } } },
  ];
  const told: string[] = [];
  const log = (line: string) => told.push(line);
  const database = await startedDatabase({ tables: [{ ...tableOf('Books'), items }], log });
  expect(told).toEqual([
    expect.stringMatching(`^${address}: the table Books does not take this item: .*Missing the key id`),
  ]);
  expect(await idsIn(database.endpoint)).toEqual(['good']);
  await database.close();
});

it('creates the indexes of a table', async () => {
  const key = [{ AttributeName: 'id', KeyType: 'HASH' as const }];
  const byId = { IndexName: 'byId', KeySchema: key, Projection: { ProjectionType: 'KEYS_ONLY' } };
  const database = await startedDatabase({
    tables: [{ ...tableOf('Books'), globalSecondaryIndexes: [byId] }],
  });
  const { Table } = await clientOf(database.endpoint).send(new DescribeTableCommand({ TableName: 'Books' }));
  expect(Table?.GlobalSecondaryIndexes).toMatchObject([byId]);
  expect(Table?.TableArn).toBe('arn:aws:dynamodb:us-east-1:000000000000:table/Books');
  await database.close();
});

it('refuses a data folder that is none', async () => {
  const file = path.join(folder.path, 'a-file');
  writeFileSync(file, '');

  await expect(startedDatabase({ ...onDisk(), storage: { kind: 'disk', folder: file } })).rejects.toThrow(
    `the data folder ${file} cannot be opened: "${file}" is not a folder`,
  );
});

it('refuses a data folder that cannot be made', async () => {
  const storage = { kind: 'disk', folder: '/proc/none/data' } as const;

  await expect(startedDatabase({ storage })).rejects.toThrow(
    'the data folder /proc/none/data cannot be opened: ENOENT',
  );
});

it('refuses a data folder that another process has, and takes it once that is gone', async () => {
  const first = await startedDatabase(onDisk());
  await expect(startedDatabase(onDisk())).rejects.toThrow(
    `the data folder ${folder.path} is in use by another process: stop it, or choose another folder with --data-dir`,
  );
  await put(first.endpoint, 'still here');
  await first.close();
  await (await startedDatabase(onDisk())).close();
});

it('refuses a table whose key has changed, naming both and the way out', async () => {
  await (await startedDatabase(onDisk())).close();
  const changed = { ...onDisk(), tables: [tableOf('Books', 'isbn')] };
  await expect(startedDatabase(changed)).rejects.toThrow(
    'the table Books in the database has the key id (S); the stack declares the key isbn (S): start with --reset',
  );

  const database = await startedDatabase(onDisk());
  await expect(database.update({ ...changed, roles: [] })).rejects.toThrow('the key isbn (S)');
  expect(await idsIn(database.endpoint)).toEqual([]);
  await database.close();
});

const indexOn = (attribute: string) => ({
  IndexName: 'byAuthor',
  KeySchema: [{ AttributeName: attribute, KeyType: 'HASH' as const }],
  Projection: { ProjectionType: 'ALL' },
});

it('adds, changes and removes an index in place, and keeps the rows', async () => {
  const database = await startedDatabase();
  const client = clientOf(database.endpoint);
  const Item = { id: { S: '1' }, author: { S: 'Le Guin' } };
  await client.send(new PutItemCommand({ TableName: 'Books', Item }));
  const table = (...indexes: ReturnType<typeof indexOn>[]) => ({
    ...tableOf('Books'),
    attributeDefinitions: [
      'id',
      ...indexes.flatMap(({ KeySchema }) => KeySchema.map((key) => key.AttributeName)),
    ]
      .filter((name, i, all) => all.indexOf(name) === i)
      .map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
    globalSecondaryIndexes: indexes,
  });
  const query = new QueryCommand({
    TableName: 'Books',
    IndexName: 'byAuthor',
    KeyConditionExpression: 'author = :author',
    ExpressionAttributeValues: { ':author': { S: 'Le Guin' } },
  });

  await database.update({ tables: [table(indexOn('author'))], roles: [] });
  expect((await client.send(query)).Items).toEqual([Item]);

  await database.update({ tables: [table(indexOn('id'))], roles: [] });
  await expect(client.send(query)).rejects.toMatchObject({ name: 'ValidationException' });

  await database.update({ tables: [tableOf('Books')], roles: [] });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Books' }));
  expect(Table?.GlobalSecondaryIndexes).toBeUndefined();
  expect(await idsIn(database.endpoint)).toEqual(['1']);
  await database.close();
});

it('switches a stream and the time to live on and off in place', async () => {
  const database = await startedDatabase();
  const client = clientOf(database.endpoint);
  const described = async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Books' }));
    const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName: 'Books' }));
    return [Table?.StreamSpecification?.StreamViewType, ttl.TimeToLiveDescription?.AttributeName];
  };
  expect(await described()).toEqual([undefined, undefined]);

  const changed = {
    ...tableOf('Books'),
    streamViewType: 'NEW_IMAGE',
    timeToLiveAttribute: 'expires',
  } as const;
  await database.update({ tables: [changed], roles: [] });
  expect(await described()).toEqual(['NEW_IMAGE', 'expires']);

  await database.update({ tables: [tableOf('Books')], roles: [] });
  expect(await described()).toEqual([undefined, undefined]);
  await database.close();
});

it('refuses what only a new table can have, with a way out for every storage', async () => {
  const database = await startedDatabase();
  const changed = { ...tableOf('Books'), localSecondaryIndexes: [indexOn('id')] };

  const refused = database.update({ tables: [changed], roles: [] });

  await expect(refused).rejects.toThrow(
    /the stack declares .* the local index byAuthor on id \(S\): start with --reset-table Books .*--data-dir; .*--in-memory, start again; .*--dynamodb-endpoint/,
  );
  await database.close();
});

it('empties the tables that are named, or all', async () => {
  const database = await startedDatabase({ tables: [tableOf('Books'), tableOf('Authors')] });

  expect(await database.reset(['Books', 'None'])).toEqual(['Books']);
  expect(await database.reset()).toEqual(['Authors']);
  expect(await database.reset()).toEqual([]);
  await database.close();
});

it('makes a table of the stacks that was deleted anew, and says so', async () => {
  const log: string[] = [];
  const database = await startedDatabase({ log: (line) => log.push(line) });
  const client = clientOf(database.endpoint);

  await client.send(new DeleteTableCommand({ TableName: 'Books' }));
  await database.update({ tables: [tableOf('Books')], roles: [] });

  expect(await idsIn(database.endpoint)).toEqual([]);
  expect(log).toEqual(['the table Books was deleted, and is there again, empty: a stack declares it']);
  await database.close();
});

it('survives clients that go away in the middle of a request', async () => {
  const log: string[] = [];
  const database = await startedDatabase({ log: (line) => log.push(line) });
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
