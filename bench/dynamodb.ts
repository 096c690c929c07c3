import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildSync } from 'esbuild';
import { requestsPerSecond, sendRequests } from './load';
import { usageOf } from './process-usage';

/**
 * dynamodb-offline beside dynalite, which is installed into a temporary folder: both on disk or both in memory, on the same
 * machine, in turns. Then dynamodb-offline alone with more and more items. Run it on an idle machine:
 * `node tools/ts.mjs bench/dynamodb.ts [items] [--in-memory]`
 */
const ITEMS = 10_000;
const ROUNDS = 5;
const ROUND_SECONDS = 1;
const STARTS = 3;

const HEADERS = {
  'Content-Type': 'application/x-amz-json-1.0',
  'X-Amz-Date': '20261129T000000Z',
  Authorization:
    'AWS4-HMAC-SHA256 Credential=bench/20261129/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
};

interface Running {
  readonly name: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Milliseconds from its start to its first answer. */
  readonly startedIn: number;
}

type Command = (port: number, folder: string) => readonly string[];

async function main(): Promise<void> {
  const root = mkdtempSync(path.join(tmpdir(), 'dynamodb-bench-'));
  try {
    const { values, positionals } = parseArgs({
      options: { 'in-memory': { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const most = Number(positionals[0] ?? 100_000);
    const inMemory = values['in-memory'];
    const commands: Record<string, Command> = {
      ours: ours(inMemory),
      dynalite: dynaliteIn(root, inMemory),
    };
    await beside(root, commands);
    await growing(root, commands.ours!, most);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function beside(root: string, commands: Readonly<Record<string, Command>>): Promise<void> {
  for (const [name, command] of Object.entries(commands)) {
    const times: number[] = [];
    for (let i = 0; i < STARTS; i++) {
      const started = await start(name, command, path.join(root, `start-${name}-${i}`));
      times.push(started.startedIn);
      await stop(started);
    }
    console.log(`${name.padEnd(10)} started in ${median(times).toFixed(0)} ms`);
  }
  const running = await Promise.all(
    Object.entries(commands).map(([name, command]) => start(name, command, path.join(root, name))),
  );
  for (const { port } of running) await fill(port, 0, ITEMS);
  for (const operation of OPERATIONS) {
    const measured = new Map(running.map(({ name }) => [name, [] as Measured[]]));
    for (let round = 0; round <= ROUNDS; round++) {
      for (const one of running) {
        const result = await measure(one, operation, ITEMS);
        // The first round warms up.
        if (round > 0) measured.get(one.name)!.push(result);
      }
    }
    const [ours, dynalite] = running.map(({ name }) => middle(measured.get(name)!));
    console.log(
      `${operation.padEnd(10)} ours ${inWords(ours!)}, dynalite ${inWords(dynalite!)}, ratio ${(ours!.perSecond / dynalite!.perSecond).toFixed(2)}, of processor ${(dynalite!.microseconds / ours!.microseconds).toFixed(2)}`,
    );
  }
  for (const one of running) {
    console.log(`${one.name.padEnd(10)} ${usageOf(one.process.pid!).megabytes.toFixed(0)} MB`);
    await stop(one);
  }
}

/** The same with 100 items, and with ten times as many at a time. */
async function growing(root: string, command: Command, most: number): Promise<void> {
  const running = await start('ours', command, path.join(root, 'growing'));
  let items = 0;
  await createTable(running.port);
  for (let next = 100; next <= most; next *= 10) {
    await put(running.port, items, next);
    items = next;
    const results: string[] = [];
    for (const operation of OPERATIONS) {
      results.push(`${operation} ${inWords(await measureRounds(running, operation, items))}`);
    }
    const { megabytes } = usageOf(running.process.pid!);
    console.log(`${String(items).padStart(10)} items: ${results.join(', ')}, ${megabytes.toFixed(0)} MB`);
  }
  const without = await measureRounds(running, 'PutItem', items);
  await call(running.port, 'UpdateTable', {
    TableName: 'Bench',
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
  const withStream = await measureRounds(running, 'PutItem', items);
  console.log(`PutItem    ${inWords(without)}, with a stream ${inWords(withStream)}`);
  await stop(running);
}

interface Measured {
  readonly perSecond: number;
  /** Processor time of the server for one request: what other programs do changes it less. */
  readonly microseconds: number;
}

async function measure(
  { process: child, port }: Running,
  operation: Operation,
  items: number,
): Promise<Measured> {
  const before = usageOf(child.pid!).cpuSeconds;
  const perSecond = await requestsPerSecond(loadOf(port, operation, items), ROUND_SECONDS);
  const used = usageOf(child.pid!).cpuSeconds - before;
  return { perSecond, microseconds: (used * 1e6) / (perSecond * ROUND_SECONDS) };
}

async function measureRounds(running: Running, operation: Operation, items: number): Promise<Measured> {
  const rounds: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(running, operation, items));
  return middle(rounds);
}

function middle(rounds: readonly Measured[]): Measured {
  return {
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    microseconds: median(rounds.map(({ microseconds }) => microseconds)),
  };
}

function inWords({ perSecond, microseconds }: Measured): string {
  return `${perSecond.toFixed(0)}/s at ${microseconds.toFixed(0)} µs`;
}

const OPERATIONS = ['GetItem', 'PutItem', 'UpdateItem', 'Query', 'Scan'] as const;
type Operation = (typeof OPERATIONS)[number];

const itemOf = (index: number) => ({
  group: { S: `group-${Math.floor(index / 100)}` },
  id: { S: `item-${index}` },
  name: { S: 'An item of some length, as they are in most tables' },
  price: { N: '12.5' },
  count: { N: String(index) },
  tags: { L: [{ S: 'one' }, { S: 'two' }, { M: { deep: { BOOL: true } } }] },
});

function loadOf(port: number, operation: Operation, items: number) {
  const table = { TableName: 'Bench' };
  const key = () => {
    const { group, id } = itemOf(Math.floor(Math.random() * items));
    return { group, id };
  };
  const bodies = {
    GetItem: () => ({ ...table, Key: key() }),
    PutItem: () => ({ ...table, Item: itemOf(Math.floor(Math.random() * items)) }),
    UpdateItem: () => ({
      ...table,
      Key: key(),
      UpdateExpression: 'SET #count = #count + :one',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }),
    Query: () => ({
      ...table,
      KeyConditionExpression: '#group = :group',
      ExpressionAttributeNames: { '#group': 'group' },
      ExpressionAttributeValues: { ':group': key().group },
      Limit: 25,
    }),
    Scan: () => ({ ...table, ExclusiveStartKey: key(), Limit: 25 }),
  };
  return requestFor(port, operation, () => JSON.stringify(bodies[operation]()));
}

function requestFor(port: number, operation: string, body: string | (() => string)) {
  const headers = { ...HEADERS, 'X-Amz-Target': `DynamoDB_20120810.${operation}` };
  return { port, method: 'POST', path: '/', headers, body, status: 200 };
}

async function fill(port: number, from: number, to: number): Promise<void> {
  await createTable(port);
  await put(port, from, to);
}

async function createTable(port: number): Promise<void> {
  const table = {
    TableName: 'Bench',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [
      { AttributeName: 'group', AttributeType: 'S' },
      { AttributeName: 'id', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'group', KeyType: 'HASH' },
      { AttributeName: 'id', KeyType: 'RANGE' },
    ],
  };
  await call(port, 'CreateTable', table);
  while (!(await call(port, 'DescribeTable', { TableName: 'Bench' })).includes('"ACTIVE"')) continue;
}

/** Items of these numbers, 25 at a time. */
async function put(port: number, from: number, to: number): Promise<void> {
  let next = from;
  const body = () => {
    const Bench = Array.from({ length: 25 }, (_, index) => {
      return { PutRequest: { Item: itemOf((next + index) % to) } };
    });
    next += 25;
    return JSON.stringify({ RequestItems: { Bench } });
  };
  await sendRequests(requestFor(port, 'BatchWriteItem', body), Math.ceil((to - from) / 25));
}

async function call(port: number, operation: string, request: object): Promise<string> {
  const { headers, method } = requestFor(port, operation, '');
  const answer = await fetch(`http://127.0.0.1:${port}`, { method, headers, body: JSON.stringify(request) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${operation}: ${text}`);
  return text;
}

async function start(name: string, command: Command, folder: string): Promise<Running> {
  const port = await freePort();
  const begin = performance.now();
  const child = spawn(process.execPath, command(port, folder), { stdio: ['ignore', 'ignore', 'inherit'] });
  for (;;) {
    const isUp = await fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      () => false,
    );
    if (isUp) return { name, port, process: child, startedIn: performance.now() - begin };
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
  }
}

async function stop({ process: child }: Running): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** As it is packed. */
function ours(inMemory: boolean): Command {
  const outfile = path.join(process.cwd(), 'build', 'bench', 'dynamodb-offline.js');
  buildSync({
    entryPoints: ['packages/dynamodb-offline/cli.ts'],
    bundle: true,
    platform: 'node',
    packages: 'external',
    outfile,
    logLevel: 'error',
  });
  return (port, folder) => [
    outfile,
    ...['--port', String(port)],
    ...(inMemory ? ['--in-memory'] : ['--data-dir', folder]),
  ];
}

function dynaliteIn(root: string, inMemory: boolean): Command {
  execFileSync('npm', ['install', '--prefix', root, '--silent', '--no-audit', '--no-fund', 'dynalite@4.0.0']);
  const cli = path.join(root, 'node_modules', 'dynalite', 'cli.js');
  return (port, folder) => [
    cli,
    ...['--port', String(port), '--createTableMs', '0'],
    ...(inMemory ? [] : ['--path', folder]),
  ];
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

void main();
