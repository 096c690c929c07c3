import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, dynaliteIn, ours, type Running, start, stop } from './dynamodb/servers';
import { call, createTable, fill, loadOf, type Operation, OPERATIONS, put } from './dynamodb/requests';
import { requestsPerSecond } from './load';
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

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

void main();
