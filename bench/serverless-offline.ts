import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What most people run their functions with, and a maintained fork of the framework that it is a plugin of. */
const PACKAGES = ['osls@4.3.1', 'serverless-offline@14.8.2'];

export interface Peer {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * serverless-offline as it comes, with the same bundles: `GET /nothing`, `GET /data/{id}` and `POST /data`.
 * @param nothing folder of the code of a function that does nothing
 * @throws when it cannot be installed, or does not start
 */
export async function serverlessOffline(
  root: string,
  nothing: string,
  databaseEndpoint: string,
): Promise<Peer> {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'serverless-'));
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...PACKAGES], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const bundles = path.join(root, 'build/functions/data-api');
  cpSync(nothing, path.join(folder, 'nothing'), { recursive: true });
  cpSync(path.join(bundles, 'retrieve-data'), path.join(folder, 'retrieve-data'), { recursive: true });
  cpSync(path.join(bundles, 'store-data'), path.join(folder, 'store-data'), { recursive: true });
  writeFileSync(path.join(folder, 'serverless.yml'), JSON.stringify(configuration(databaseEndpoint)));
  const port = await freePort();
  const ports = ['--httpPort', String(port), '--lambdaPort', '0'];
  const server = spawn(
    path.join(folder, 'node_modules/.bin/osls'),
    ['offline', 'start', '--noPrependStageInUrl', ...ports],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, SLS_TELEMETRY_DISABLED: '1' },
    },
  );
  // It logs every request, as the local cloud does: to somebody who reads it.
  server.stdout.resume();
  server.stderr.resume();
  const exited = once(server, 'exit');
  const stop = async () => {
    server.kill('SIGINT');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const isReady = async () => (await fetch(`http://127.0.0.1:${port}/nothing`).catch(() => undefined))?.ok;
  while (!(await isReady())) {
    if (server.exitCode !== null) {
      await stop();
      throw new Error(`serverless-offline ended with ${server.exitCode}`);
    }
    await sleep(200);
  }
  return { port, pid: server.pid, stop } as Peer;
}

function configuration(databaseEndpoint: string) {
  const http = (method: string, path: string) => [{ http: { method, path } }];
  return {
    service: 'bench',
    plugins: ['serverless-offline'],
    provider: {
      name: 'aws',
      runtime: 'nodejs22.x',
      memorySize: 512,
      environment: {
        TABLE_NAME: 'MyDataTable',
        STACK: 'data-api',
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'any',
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_ENDPOINT_URL_DYNAMODB: databaseEndpoint,
      },
    },
    functions: {
      nothing: { handler: 'nothing/index.handler', events: http('get', 'nothing') },
      retrieveData: { handler: 'retrieve-data/index.handler', events: http('get', 'data/{id}') },
      storeData: { handler: 'store-data/index.handler', events: http('post', 'data') },
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
