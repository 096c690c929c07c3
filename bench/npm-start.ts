import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What `npm start` runs, once it is ready. */
export interface Started {
  readonly url: string;
  readonly databaseEndpoint: string;
  /** Seconds from its start until it was ready. */
  readonly seconds: number;
  stop(): Promise<void>;
}

/**
 * Starts it in a checkout, on a free port and with an empty database.
 * @throws with what it printed when it ends before it is ready
 */
export async function npmStart(root: string): Promise<Started> {
  const startedAt = performance.now();
  const options = ['--port', '0', '--in-memory', '--quiet', '--json', '--no-watch'];
  const server = spawn(process.execPath, ['tools/ts.mjs', 'local/cli.ts', ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(server, 'exit');
  const ready = once(createInterface(server.stdout), 'line') as Promise<[string]>;
  const [line] = await Promise.race([ready, exited]);
  if (typeof line !== 'string') throw new Error('npm start ended before it was ready');
  const seconds = (performance.now() - startedAt) / 1000;
  const { record } = JSON.parse(line) as { record: Pick<Started, 'url' | 'databaseEndpoint'> };
  return {
    ...record,
    seconds,
    async stop() {
      server.kill();
      await exited;
    },
  };
}
