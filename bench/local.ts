import { parseArgs } from 'node:util';
import { type Load, requestsPerSecond } from './load';
import { nothingProject } from './nothing-project';
import { npmStart, type Started, terraformOffline } from './npm-start';
import { type Peer, serverlessOffline } from './serverless-offline';
import { projectRoot } from '../tools/project-root';
import { warmUp } from './warm-up';

/**
 * Requests per second of the local cloud beside serverless-offline's, on the same handlers, over one database, in turn
 * on the same machine; and the time until `npm start` is ready. Run it on an idle machine: `npm run bench:local`.
 * serverless-offline is installed into a temporary folder.
 */
const TARGETS = { nothing: 2, item: 1.5, readySeconds: 3 };

const ROUND_SECONDS = 2;

interface Case {
  readonly name: string;
  readonly target: number;
  readonly local: Load;
  readonly peer: Load;
}

async function main(rounds: number): Promise<void> {
  const nothing = nothingProject();
  const closers: (() => unknown)[] = [nothing.remove];
  const started = (server: Started) => {
    closers.unshift(() => server.stop());
    return server;
  };
  try {
    const database = started(await npmStart(projectRoot, ['--in-memory', '--no-iam']));
    const server = started(
      await npmStart(projectRoot, ['--no-build', '--dynamodb-endpoint', database.databaseEndpoint]),
    );
    print('npm start', `ready in ${server.seconds.toFixed(2)} s`, server.seconds < TARGETS.readySeconds);
    const empty = started(await terraformOffline(projectRoot, nothing.folder));
    const peer = await serverlessOffline(projectRoot, nothing.code, database.databaseEndpoint);
    closers.unshift(() => peer.stop());
    for (const one of await cases(server, empty, peer)) await measure(one, rounds);
  } finally {
    for (const close of closers) await close();
  }
}

async function cases(server: Started, empty: Started, peer: Peer): Promise<Case[]> {
  const headers = { 'Content-Type': 'application/json' };
  const data = { product: 'Beautiful Jacket', price: 78.89, sizes: ['S', 'M', 'L'] };
  const body = JSON.stringify({ data });
  const created = await fetch(`${server.url}/data-api/prod/data`, { method: 'POST', headers, body });
  const { id } = (await created.json()) as { id: string };
  const get = { method: 'GET', headers: {}, body: '', status: 200 };
  const post = { method: 'POST', headers, body, status: 201 };
  const port = Number(new URL(server.url).port);
  const emptyPort = Number(new URL(empty.url).port);
  return [
    {
      name: 'nothing',
      target: TARGETS.nothing,
      local: { ...get, port: emptyPort, path: '/bench/prod/nothing' },
      peer: { ...get, port: peer.port, path: '/nothing' },
    },
    {
      name: 'GET item',
      target: TARGETS.item,
      local: { ...get, port, path: `/data-api/prod/data/${id}` },
      peer: { ...get, port: peer.port, path: `/data/${id}` },
    },
    {
      name: 'POST item',
      target: TARGETS.item,
      local: { ...post, port, path: '/data-api/prod/data' },
      peer: { ...post, port: peer.port, path: '/data' },
    },
  ];
}

/** Rounds of both in turn, so that what else the machine does meets both. */
async function measure({ name, target, local, peer }: Case, rounds: number): Promise<void> {
  await warmUp([local, peer]);
  const measured: { local: number; peer: number }[] = [];
  while (measured.length < rounds) {
    measured.push({
      local: await requestsPerSecond(local, ROUND_SECONDS),
      peer: await requestsPerSecond(peer, ROUND_SECONDS),
    });
  }
  const rate = (who: 'local' | 'peer') => median(measured.map((round) => round[who])).toFixed(0);
  const ratio = median(measured.map((round) => round.local / round.peer));
  const figures = `${rate('local')}/s, serverless-offline ${rate('peer')}/s, ratio ${ratio.toFixed(2)} (target ≥ ${target})`;
  print(name, figures, ratio >= target);
}

function print(what: string, figures: string, isReached: boolean): void {
  console.log(`${what.padEnd(12)} ${figures}${isReached ? '' : '  MISSED'}`);
  if (!isReached) process.exitCode = 1;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
void main(Number(values.rounds));
