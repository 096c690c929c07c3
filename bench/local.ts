import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { credentialsFor } from '../packages/terraform-offline/iam/credentials';
import { environmentOf } from '../packages/terraform-offline/lambda/environment';
import { loadModel } from '../packages/terraform-offline/terraform/load';
import type { LambdaFunction } from '../packages/terraform-offline/terraform/model';
import { changeToServed } from './change-to-served';
import type { Floor } from './floor/process';
import { freshCheckout } from './fresh-checkout';
import { type Load, requestsPerSecond } from './load';
import { npmStart, type Started } from './npm-start';
import { warmUp } from './warm-up';

/**
 * How fast the local cloud is: the time until it is ready, until a change is served, and requests per second beside a
 * floor, on the same machine at the same time. Run it on an idle machine.
 */
const TARGETS = { ratio: 0.7, readySeconds: { clean: 4, built: 2 }, changeMs: 500 };

const STARTS = 3;
const ROUND_SECONDS = 1;
const ROUNDS = 9;

interface Case {
  readonly name: string;
  readonly functionName: string;
  readonly load: Omit<Load, 'port'>;
  readonly event: Floor['event'];
}

async function main(): Promise<void> {
  const { root, remove } = freshCheckout();
  try {
    const server = await measureStart(root);
    try {
      const { stacks } = await loadModel(path.join(root, 'cdktf.out'));
      const functions = stacks.flatMap((stack) => stack.functions);
      for (const one of await cases(server)) {
        const fn = functions.find(({ name }) => name === one.functionName);
        if (!fn) throw new Error(`no function ${one.functionName}`);
        await measure(one, fn, server);
      }
    } finally {
      await server.stop();
    }
    for (const [what, milliseconds] of Object.entries(await changeToServed(root))) {
      console.log(
        `${what.padEnd(12)} changed and served in ${median(milliseconds).toFixed(0)} ms (target < ${TARGETS.changeMs} ms)`,
      );
    }
  } finally {
    remove();
  }
}

/** The first start in a fresh copy builds everything. */
async function measureStart(root: string): Promise<Started> {
  const clean = await npmStart(root);
  await clean.stop();
  const built = [await npmStart(root)];
  while (built.length < STARTS) {
    await built.at(-1)?.stop();
    built.push(await npmStart(root));
  }
  printReady('from clean', clean.seconds, TARGETS.readySeconds.clean);
  printReady('built', median(built.map(({ seconds }) => seconds)), TARGETS.readySeconds.built);
  const last = built.at(-1);
  if (!last) throw new Error('unreachable');
  return last;
}

async function cases({ url }: Started): Promise<Case[]> {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({
    data: { product: 'Beautiful Jacket', price: 78.89, sizes: ['S', 'M', 'L'] },
  });
  const created = await fetch(`${url}/data-api/prod/data`, { method: 'POST', headers, body });
  const { id } = (await created.json()) as { id: string };
  const ping = JSON.stringify({ operation: 'ping', payload: {} });
  return [
    {
      name: 'ping',
      functionName: 'LambdaFunctionOverHttps',
      load: {
        method: 'POST',
        path: '/dynamodb-manager/prod/DynamoDBManager',
        headers,
        body: ping,
        status: 200,
      },
      event: undefined,
    },
    {
      name: 'GET item',
      functionName: 'RetrieveDataFunction',
      load: { method: 'GET', path: `/data-api/prod/data/${id}`, headers: {}, body: '', status: 200 },
      event: proxyEvent('GET', { id }),
    },
    {
      name: 'POST item',
      functionName: 'StoreDataFunction',
      load: { method: 'POST', path: '/data-api/prod/data', headers, body, status: 201 },
      event: proxyEvent('POST', null),
    },
  ];
}

/** No more than the functions read. */
function proxyEvent(httpMethod: string, pathParameters: Record<string, string> | null): object {
  return {
    httpMethod,
    pathParameters,
    multiValueHeaders: { 'Content-Type': ['application/json'] },
    queryStringParameters: null,
    requestContext: { path: '/data-api/prod/data', requestId: '0' },
    isBase64Encoded: false,
  };
}

/** Rounds of both in turn, so that what else the machine does meets both. */
async function measure({ name, load, event }: Case, fn: LambdaFunction, server: Started): Promise<void> {
  const floor = fork(path.join(__dirname, 'floor/process.js'));
  const { databaseEndpoint } = server;
  const surroundings = { taskRoot: fn.codeDirectory, optRoot: '/opt', databaseEndpoint };
  const variables = environmentOf(fn, { ...surroundings, credentials: credentialsFor(fn.role) });
  floor.send({ codeDirectory: fn.codeDirectory, variables, event } satisfies Floor);
  const [floorPort] = (await once(floor, 'message')) as [number];
  const ports = { floor: floorPort, server: Number(new URL(server.url).port) };
  for (const port of Object.values(ports)) await warmUp({ ...load, port });
  const rounds: Record<keyof typeof ports, number>[] = [];
  while (rounds.length < ROUNDS) {
    rounds.push({
      floor: await requestsPerSecond({ ...load, port: ports.floor }, ROUND_SECONDS),
      server: await requestsPerSecond({ ...load, port: ports.server }, ROUND_SECONDS),
    });
  }
  floor.disconnect();
  const rate = (who: keyof typeof ports) =>
    `${median(rounds.map((round) => round[who]))
      .toFixed(0)
      .padStart(6)}/s`;
  const ratio = median(rounds.map((round) => round.server / round.floor)).toFixed(2);
  console.log(
    `${name.padEnd(12)} ${rate('server')}, floor ${rate('floor')}, ratio ${ratio} (target ≥ ${TARGETS.ratio})`,
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function printReady(what: string, seconds: number, target: number): void {
  console.log(`${what.padEnd(12)} ready in ${seconds.toFixed(2)} s (target < ${target} s)`);
}

void main();
