import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { projectRoot } from '../tools/project-root';
import { type Load, sendRequests } from './load';
import { npmStart } from './npm-start';
import { usageOf } from './process-usage';

/** Whether the local cloud can be left running: memory over many requests, and what it uses while nobody asks. */
const TARGETS = { growthPercent: 5, idleCpuPercent: 1 };

const STEPS = 20;
const IDLE_SECONDS = 10;
/** For so long after the last request V8 goes on giving back memory, isolate by isolate. */
const SETTLE_MS = { afterStart: 3000, afterLoad: 90_000 };

async function main(requests: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'soak-'));
  const server = await npmStart(projectRoot, ['--data-dir', folder]);
  try {
    await sleep(SETTLE_MS.afterStart);
    const idleBefore = await idleCpuPercent(server.pid);
    const loads = await everyKind(server.url);
    const megabytes: number[] = [];
    for (let step = 1; step <= STEPS; step++) {
      for (const load of loads) await sendRequests(load, requests / STEPS / loads.length);
      megabytes.push(usageOf(server.pid).megabytes);
      console.log(
        `${String(Math.round((requests * step) / STEPS)).padStart(9)} requests ${format(megabytes.at(-1))} MB`,
      );
    }
    await sleep(SETTLE_MS.afterLoad);
    const idleAfter = await idleCpuPercent(server.pid);
    const growth = growthPercent(megabytes);
    const results = [
      check('idle CPU before', idleBefore, TARGETS.idleCpuPercent),
      check('idle CPU after', idleAfter, TARGETS.idleCpuPercent),
      check('memory growth', growth, TARGETS.growthPercent),
    ];
    if (results.includes(false)) process.exitCode = 1;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Reads and writes of what there is already: the data does not grow, so the memory has no reason to. */
async function everyKind(url: string): Promise<Load[]> {
  const port = Number(new URL(url).port);
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'soak' };
  const data = JSON.stringify({ data: { product: 'Beautiful Jacket', price: 78.89 } });
  const item = JSON.stringify({ name: 'Beautiful Jacket', price: 78.89 });
  const ping = JSON.stringify({ operation: 'ping', payload: {} });
  const create = async (path: string, body: string) => {
    const created = await fetch(`${url}${path}`, { method: 'POST', headers, body });
    const { id } = (await created.json()) as { id: string };
    return `${path}/${id}`;
  };
  const dataPath = await create('/data-api/prod/data', data);
  const itemPath = await create('/items-api/items', item);
  const get = { port, method: 'GET', headers: {}, body: '', status: 200 };
  const send = { port, headers, status: 200 };
  return [
    { ...send, method: 'POST', path: '/dynamodb-manager/prod/DynamoDBManager', body: ping },
    { ...send, method: 'POST', path: '/data-api/prod/data', body: data, status: 201 },
    { ...send, method: 'PUT', path: itemPath, body: item },
    { ...get, path: dataPath },
    { ...get, path: itemPath },
    { ...get, path: '/items-api/items' },
    { ...get, path: '/data-api/prod/data/00000000-0000-4000-8000-000000000000', status: 404 },
  ];
}

/** Percent of one processor. */
async function idleCpuPercent(pid: number): Promise<number> {
  const before = usageOf(pid).cpuSeconds;
  await sleep(IDLE_SECONDS * 1000);
  return ((usageOf(pid).cpuSeconds - before) / IDLE_SECONDS) * 100;
}

/**
 * From the second quarter to the last: the first one warms up. The least of each, since between two collections of
 * garbage memory grows for a good reason.
 */
function growthPercent(megabytes: readonly number[]): number {
  const quarter = megabytes.length / 4;
  const early = Math.min(...megabytes.slice(quarter, 2 * quarter));
  return (Math.min(...megabytes.slice(-quarter)) / early - 1) * 100;
}

function check(name: string, percent: number, target: number): boolean {
  console.log(`${name.padEnd(16)} ${format(percent)} % (target < ${target} %)`);
  return percent < target;
}

function format(value = NaN): string {
  return value.toFixed(1).padStart(6);
}

const { values } = parseArgs({ options: { requests: { type: 'string', default: '100000' } } });
void main(Number(values.requests));
