import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { zipKib } from '../tools/build/checks';
import { systems } from '../tools/build/contracts';
import { bundleOf } from '../tools/build/functions';
import { layerOf } from '../tools/build/layers';
import { thisProject } from '../tools/project-root';
import { run } from '../tools/run';
import { cpuQuota } from './cold/cpu-quota';
import { stubOfDynamoDB, type StubOfDynamoDB } from './cold/database';
import { functions, orderOf } from './cold/functions';
import { lifeOf } from './cold/life';
import type { Life, Order } from './cold/process';
import { bundleReferences, referenceOrder, references, type Reference } from './cold/reference';
import { median, shuffled } from './statistics';

/**
 * What the first request costs: CPU of load and first request in fresh processes, against REF, the bare SDK with the same
 * call; in turn, so that what else the machine does meets all. Then the first request of an initialized function under the
 * quota of 512 MB, and the zips. Figures count on Node 24, which Lambda runs.
 *
 *     npm run bench:cold -- [--check] [--rounds 15]
 */
const NOISE = { low: 0.97, high: 1.03 };
/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html: 1,769 MB are one vCPU. */
const SHARE_AT_512_MB = 512 / 1769;
const FIRST_REQUEST_BUDGET = 0.35;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, rounds: { type: 'string' } } });
  const rounds = Number(values.rounds ?? 15);
  console.log(`Node ${process.version}, ${rounds} rounds`);
  const folder = await bundleReferences();
  const ofReference = (reference: Reference) => referenceOrder(folder, reference);
  const database = await stubOfDynamoDB();
  try {
    const excess = [
      ...(await coldStarts(rounds, ofReference, database)),
      ...(await firstRequests(rounds, ofReference('put'), database)),
      ...(await zips()),
    ];
    if (values.check && excess.length > 0) throw new Error(excess.join('\n'));
  } finally {
    database.close();
  }
}

/** @returns what is over its budget */
async function coldStarts(
  rounds: number,
  ofReference: (reference: Reference) => Order,
  database: StubOfDynamoDB,
): Promise<string[]> {
  const orders: [string, Order][] = [
    ...references.map((reference): [string, Order] => [reference, ofReference(reference)]),
    ['REF again', ofReference('put')],
    ...functions.map((fn): [string, Order] => [fn.functionName, orderOf(fn)]),
  ];
  const cpu = await interleaved(rounds, orders, database, (life) => life.cpu);
  const ratio = (name: string, reference: Reference) =>
    median(valuesOf(cpu, name).map((value, i) => value / (valuesOf(cpu, reference)[i] ?? NaN)));

  console.log('\nCPU of load and first request, against the bare SDK');
  const noise = ratio('REF again', 'put');
  printRow('REF against itself', median(valuesOf(cpu, 'put')), noise, undefined);
  for (const { functionName, reference, budget } of functions) {
    printRow(functionName, median(valuesOf(cpu, functionName)), ratio(functionName, reference), budget);
  }
  if (noise < NOISE.low || noise > NOISE.high) {
    return [
      `too noisy: REF against itself is ${noise.toFixed(2)}; run it on an idle machine, or in more rounds`,
    ];
  }
  return functions
    .filter(({ functionName, reference, budget }) => ratio(functionName, reference) > budget)
    .map(({ functionName, budget }) => `${functionName} costs more than ${budget} of the bare SDK`);
}

/** @returns what is over its budget */
async function firstRequests(rounds: number, reference: Order, database: StubOfDynamoDB): Promise<string[]> {
  const quota = cpuQuota(SHARE_AT_512_MB);
  const [what, measure] = quota
    ? ['time under a CPU quota', (life: Life) => life.firstWall]
    : ['CPU, since this machine lets no quota be set', (life: Life) => life.firstCpu];
  console.log(`\nFirst request after init at 512 MB (${SHARE_AT_512_MB.toFixed(3)} of a processor): ${what}`);
  const stored = functions.filter(({ reference }) => reference === 'put');
  const orders: [string, Order][] = [
    ['REF', reference],
    ...stored.map((fn): [string, Order] => [fn.functionName, orderOf(fn)]),
  ];
  const times = await interleaved(rounds, orders, database, measure, quota).finally(() => quota?.remove());
  const ofReference = median(valuesOf(times, 'REF'));
  printRow('REF', ofReference, 1, undefined);
  return stored.flatMap(({ functionName }) => {
    const time = median(valuesOf(times, functionName));
    printRow(functionName, time, time / ofReference, FIRST_REQUEST_BUDGET);
    return time / ofReference > FIRST_REQUEST_BUDGET
      ? [`the first request of ${functionName} takes more than ${FIRST_REQUEST_BUDGET} of REF's`]
      : [];
  });
}

/** @returns what is over its budget */
async function zips(): Promise<string[]> {
  console.log('\nZips');
  const all = await systems(thisProject(), build);
  const zips = all.flatMap(({ name, handlers, sizeBudget, layer }) => [
    ...handlers.map((handler) => ({
      name: `${name}/${handler}`,
      folder: bundleOf(`${name}/${handler}`),
      sizeBudget,
    })),
    ...(layer ? [{ ...layer, folder: layerOf(layer.name) }] : []),
  ]);
  const excess: string[] = [];
  for (const { name, folder, sizeBudget } of zips) {
    const kib = await zipKib(filesIn(folder));
    console.log(`${name.padEnd(26)} ${kib.toFixed(1).padStart(7)} KiB   budget ${sizeBudget} KiB`);
    if (kib > sizeBudget) excess.push(`the zip of ${name} is over its budget`);
  }
  return excess;
}

function filesIn(folder: string): ReadonlyMap<string, Uint8Array> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(files.map((file) => [path.relative(folder, file), readFileSync(file)]));
}

/** One of each round after round, in another order each time; a first one, which fills the disk's cache, does not count. */
async function interleaved(
  rounds: number,
  orders: readonly (readonly [string, Order])[],
  database: StubOfDynamoDB,
  measure: (life: Life) => number,
  quota?: Parameters<typeof lifeOf>[2],
): Promise<ReadonlyMap<string, number[]>> {
  const values = new Map(orders.map(([name]) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const [name, order] of shuffled(orders)) {
      const value = measure(await lifeOf(order, database, quota));
      if (round > 0) values.get(name)?.push(value);
    }
  }
  return values;
}

function valuesOf(values: ReadonlyMap<string, number[]>, name: string): number[] {
  return values.get(name) ?? [];
}

function printRow(name: string, milliseconds: number, ratio: number, budget: number | undefined): void {
  const limit = budget === undefined ? '' : `   budget ${budget.toFixed(2)}`;
  console.log(
    `${name.padEnd(26)} ${milliseconds.toFixed(1).padStart(7)} ms   ratio ${ratio.toFixed(2)}${limit}`,
  );
}

void run(main);
