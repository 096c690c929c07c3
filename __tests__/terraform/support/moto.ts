import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createInterface } from 'node:readline';

declare global {
  var motoProcess: ChildProcess | undefined;
  var motoForwarder: Server | undefined;
}

/** Starts a moto server (https://docs.getmoto.org) on a free port. */
export async function startMoto(): Promise<{ process: ChildProcess; endpoint: string }> {
  const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], {
    // With the policies that AWS writes, which it leaves out otherwise.
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exit = once(moto, 'exit').then(() =>
    Promise.reject(new Error('moto_server ended before it listened')),
  );
  return { process: moto, endpoint: await Promise.race([listening(moto), exit]) };
}

async function listening(moto: ChildProcess): Promise<string> {
  const lines = createInterface({ input: moto.stderr! });
  return new Promise((resolve) => {
    // Read on afterwards: a full pipe would stop the server.
    lines.on('line', (line) => {
      const [endpoint] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (endpoint) resolve(endpoint);
    });
  });
}
