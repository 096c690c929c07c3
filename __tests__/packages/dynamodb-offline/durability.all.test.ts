import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClassicLevel } from 'classic-level';
import { buildProgram, runProgram, temporaryFolder, type Program } from './program';

jest.setTimeout(60_000);

const program = buildProgram();
let folder: string;
let remove: () => void;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
});
const started: Program[] = [];
afterEach(async () => {
  for (const one of started.splice(0)) await one.end('SIGKILL');
  remove();
});

async function run(...args: string[]): Promise<Program> {
  return runIn(folder, args);
}

async function runIn(dataDir: string, args: readonly string[] = [], shell = ''): Promise<Program> {
  const one = await runProgram(program, ['--data-dir', dataDir, ...args], shell);
  started.push(one);
  return one;
}

const TableName = 'Kept';

async function createTable(db: Program): Promise<void> {
  const { status } = await db.call('CreateTable', {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['id', 'group'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byGroup',
        KeySchema: [
          { AttributeName: 'group', KeyType: 'HASH' },
          { AttributeName: 'id', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  });
  expect(status).toBe(200);
}

type Row = Record<string, { S: string }>;
const item = (id: string, group: string, text = ''): Row => ({
  id: { S: id },
  group: { S: group },
  ...(text !== '' && { text: { S: text } }),
});
const put = (db: Program, Item: Row) => db.call('PutItem', { TableName, Item });

/** All pages. */
async function scan(db: Program, IndexName?: string): Promise<Row[]> {
  const rows: Row[] = [];
  let ExclusiveStartKey: unknown;
  do {
    const { status, body } = await db.call('Scan', { TableName, IndexName, ExclusiveStartKey });
    if (status !== 200) throw new Error(JSON.stringify(body));
    rows.push(...(body.Items as Row[]));
    ExclusiveStartKey = body.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return rows.sort((one, other) => (one.id!.S < other.id!.S ? -1 : 1));
}

/** The items as the records of the table's stream make them. */
async function replayed(db: Program): Promise<Row[]> {
  const { body } = await db.call('DescribeTable', { TableName });
  const StreamArn = (body.Table as { LatestStreamArn: string }).LatestStreamArn;
  const described = await db.call('DescribeStream', { StreamArn });
  const { Shards } = described.body.StreamDescription as { Shards: { ShardId: string }[] };
  const request = { StreamArn, ShardId: Shards[0]?.ShardId, ShardIteratorType: 'TRIM_HORIZON' };
  let iterator = (await db.call('GetShardIterator', request)).body.ShardIterator;
  const rows = new Map<string, Row>();
  for (;;) {
    const { body: page } = await db.call('GetRecords', { ShardIterator: iterator });
    const records = page.Records as { dynamodb: { Keys: Row; NewImage?: Row } }[];
    if (records.length === 0) break;
    for (const { dynamodb } of records) rows.set(dynamodb.Keys.id!.S, dynamodb.NewImage!);
    iterator = page.NextShardIterator;
  }
  return [...rows.values()].sort((one, other) => (one.id!.S < other.id!.S ? -1 : 1));
}

/** Where a row of this text is in a store that nobody has open, to be changed. */
async function changeRow(text: string, change: (row: Buffer) => void): Promise<void> {
  const level = new ClassicLevel<Buffer, Buffer>(folder, { keyEncoding: 'buffer', valueEncoding: 'buffer' });
  for await (const [key, value] of level.iterator()) {
    // The rows of the table come before those of its index.
    if (!value.includes(text)) continue;
    change(value);
    await level.put(key, value);
    break;
  }
  await level.close();
}

it('keeps what it acknowledged when it is killed in the middle of writes, and the index and the stream with it', async () => {
  const acknowledged = new Map<string, Row>();
  let db = await run();
  await createTable(db);
  for (let round = 0; round < 3; round++) {
    const killed = db;
    let next = 0;
    let ended: Promise<unknown> | undefined;
    // One writer, so that the last acknowledged is the last written.
    for (;;) {
      const row = item(`id-${next++ % 500}`, `group-${round}-${next % 3}`);
      const answered = await put(killed, row).catch(() => undefined);
      if (!answered) break;
      acknowledged.set(row.id!.S, row);
      if (next > 60 * (round + 1)) ended ??= killed.end('SIGKILL');
    }
    expect(await ended).toBe('SIGKILL');

    db = await run();
    expect(db.complaints()).toBe('');
    const rows = await scan(db);
    const found = new Map(rows.map((row) => [row.id!.S, row]));
    // The last write may have been stored, and not been acknowledged.
    const different = [...acknowledged].filter(([id, row]) => found.get(id)?.group?.S !== row.group?.S);
    expect(different.length).toBeLessThanOrEqual(1);
    expect([...acknowledged.keys()].filter((id) => !found.has(id))).toEqual([]);
    expect(await scan(db, 'byGroup')).toEqual(rows);
    expect(await replayed(db)).toEqual(rows);
    const { body } = await db.call('DescribeTable', { TableName });
    expect(body.Table).toMatchObject({ ItemCount: rows.length });
    for (const row of rows) acknowledged.set(row.id!.S, row);
  }
  expect(await db.end('SIGTERM')).toBe(0);
});

it('leaves no half of a transaction when it is killed', async () => {
  let db = await run();
  await createTable(db);
  for (let round = 0; round < 3; round++) {
    const killed = db;
    let ended: Promise<unknown> | undefined;
    for (let n = 0; ; n++) {
      // While one is under way, a bit further each time.
      if (n === 20) ended = sleep(round).then(() => killed.end('SIGKILL'));
      const TransactItems = ['a', 'b', 'c'].map((id) => ({
        Put: { TableName, Item: item(id, `${round}-${n}`) },
      }));
      const answered = await killed.call('TransactWriteItems', { TransactItems }).catch(() => undefined);
      if (!answered) break;
    }
    expect(await ended).toBe('SIGKILL');
    db = await run();
    const groups = (await scan(db)).map(({ group }) => group!.S);
    expect(groups).toHaveLength(3);
    expect(new Set(groups).size).toBe(1);
  }
  await db.end('SIGKILL');
});

it('takes up an index that it was making when it was killed', async () => {
  const db = await run();
  await createTable(db);
  for (let n = 0; n < 40; n++) {
    const PutRequests = Array.from({ length: 25 }, (_, i) => ({
      PutRequest: { Item: item(`id-${n}-${i}`, 'g') },
    }));
    await db.call('BatchWriteItem', { RequestItems: { [TableName]: PutRequests } });
  }
  const { status } = await db.call('UpdateTable', {
    TableName,
    AttributeDefinitions: [{ AttributeName: 'group', AttributeType: 'S' }],
    GlobalSecondaryIndexUpdates: [
      {
        Create: {
          IndexName: 'second',
          KeySchema: [{ AttributeName: 'group', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      },
    ],
  });
  expect(status).toBe(200);
  await db.end('SIGKILL');
  const again = await run();
  const indexes = async () => {
    const { body } = await again.call('DescribeTable', { TableName });
    return (body.Table as { GlobalSecondaryIndexes: { IndexStatus: string; ItemCount: number }[] })
      .GlobalSecondaryIndexes;
  };
  while ((await indexes())[1]?.IndexStatus !== 'ACTIVE') continue;
  expect((await indexes())[1]?.ItemCount).toBe(1000);
  expect(await scan(again, 'second')).toHaveLength(1000);
  await again.end('SIGKILL');
});

describe('a folder', () => {
  it('is one process’s at a time, and free when that was killed', async () => {
    const first = await run();
    await expect(run()).rejects.toThrow(
      `the data folder ${folder} is in use by another process: stop it, or choose another folder with --data-dir`,
    );
    await first.end('SIGKILL');
    await (await run()).end('SIGTERM');
  });

  it('of another program is left as it is', async () => {
    // As dynalite's: a LevelDB without our mark.
    const level = new ClassicLevel(folder);
    await level.put('!table!abc', '{}');
    await level.close();
    const files = () =>
      readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'latin1')]);
    const before = files();
    await expect(run()).rejects.toThrow(
      `the data folder ${folder} was written by another program, such as dynalite, and is left as it is: choose another folder, or move this one away to begin anew`,
    );
    expect(files()).toEqual(before);
  });

  it('of other files is left as it is', async () => {
    writeFileSync(path.join(folder, 'thesis.txt'), 'mine');
    await expect(run()).rejects.toThrow(`the data folder ${folder} holds other files (thesis.txt)`);
    expect(readdirSync(folder)).toEqual(['thesis.txt']);
  });

  it('that cannot be made is named', async () => {
    writeFileSync(path.join(folder, 'file'), '');
    const inFile = path.join(folder, 'file', 'data');
    await expect(runIn(inFile)).rejects.toThrow(`the data folder ${inFile} cannot be opened`);
  });
});

describe('damage', () => {
  it('of a row costs its own reads, is told with its key, and can be repaired', async () => {
    const db = await run();
    await createTable(db);
    for (const id of ['a', 'b', 'c']) await put(db, item(id, 'g', `text of ${id}`));
    await db.end('SIGTERM');
    await changeRow('text of b', (row) => row.write('TEXT', row.indexOf('text of b')));

    const damaged = await run();
    const get = (id: string) => damaged.call('GetItem', { TableName, Key: { id: { S: id } } });
    const told = /the row {"id":{"S":"b"}} of the table Kept is damaged on disk.*--repair/;
    expect(await get('a')).toMatchObject({ status: 200 });
    expect(await get('b')).toEqual({
      status: 500,
      body: {
        __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
        message: expect.stringMatching(told) as unknown,
      },
    });
    const scanned = await damaged.call('Scan', { TableName });
    expect(scanned).toMatchObject({ status: 500, body: { message: expect.stringMatching(told) as unknown } });
    expect(await put(damaged, item('d', 'g'))).toMatchObject({ status: 200 });
    await damaged.end('SIGTERM');

    const repaired = await run('--repair');
    expect(repaired.complaints()).toBe('removed the damaged row {"id":{"S":"b"}} of the table Kept\n');
    const rows = await scan(repaired);
    expect(rows.map(({ id }) => id!.S)).toEqual(['a', 'c', 'd']);
    expect(await scan(repaired, 'byGroup')).toEqual(rows);
    const { body } = await repaired.call('DescribeTable', { TableName });
    expect(body.Table).toMatchObject({ ItemCount: 3, GlobalSecondaryIndexes: [{ ItemCount: 3 }] });
    await repaired.end('SIGTERM');
  });

  it('of the newest writes is told at the start', async () => {
    const db = await run();
    await createTable(db);
    for (let n = 0; n < 20; n++) await put(db, item(`id-${n}`, 'g', 'x'.repeat(1000)));
    await db.end('SIGKILL');
    const log = readdirSync(folder).find((name) => name.endsWith('.log'))!;
    const bytes = readFileSync(path.join(folder, log));
    bytes[bytes.length - 5000]! ^= 0xff;
    writeFileSync(path.join(folder, log), bytes);

    const again = await run();
    expect(again.complaints()).toMatch(
      new RegExp(
        `^the data folder ${folder} was damaged: \\d+ bytes of the newest writes in ${log} could not be read`,
      ),
    );
    expect((await scan(again)).length).toBeLessThan(20);
    await again.end('SIGTERM');
    // Once.
    const third = await run();
    expect(third.complaints()).toBe('');
    await third.end('SIGTERM');
  });
});

it('says what is wrong when a write fails, reads on, and writes again as soon as it can', async () => {
  // A file may not become larger than this, as on a disk that is full.
  const db = await runIn(folder, [], "trap '' XFSZ; ulimit -f 2048;");
  await createTable(db);
  const acknowledged: string[] = [];
  let failure: { status: number; body: Record<string, unknown> } | undefined;
  for (let n = 0; !failure && n < 100; n++) {
    const answer = await put(db, item(`id-${n}`, 'g', String(n % 10).repeat(100_000)));
    if (answer.status === 200) acknowledged.push(`id-${n}`);
    else failure = answer;
  }
  expect(failure).toMatchObject({
    status: 500,
    body: {
      message: expect.stringMatching(
        /^the write failed, nothing of it is stored: IO error: .*File too large/,
      ) as unknown,
    },
  });
  const ids = async (of: Program) => (await scan(of)).map(({ id }) => id!.S);
  expect(await ids(db)).toEqual([...acknowledged].sort());
  expect(await put(db, item('afterwards', 'g'))).toMatchObject({ status: 200 });
  await db.end('SIGKILL');
  const again = await run();
  expect(again.complaints()).toBe('');
  expect(await ids(again)).toEqual([...acknowledged, 'afterwards'].sort());
  await again.end('SIGTERM');
});

it('ends on Ctrl-C with everything stored', async () => {
  const db = await run();
  await createTable(db);
  await put(db, item('a', 'g'));
  expect(await db.end('SIGINT')).toBe(0);
  const copy = temporaryFolder();
  mkdirSync(path.join(copy.folder, 'data'));
  for (const name of readdirSync(folder)) {
    copyFileSync(path.join(folder, name), path.join(copy.folder, 'data', name));
  }
  const again = await runIn(path.join(copy.folder, 'data'));
  expect(await scan(again)).toEqual([item('a', 'g')]);
  await again.end('SIGTERM');
  copy.remove();
});
