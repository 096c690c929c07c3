import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What `npm start` runs, once it is ready. */
export interface Started {
  readonly pid: number;
  readonly url: string;
  readonly databaseEndpoint: string;
  /** Seconds from its start until it was ready. */
  readonly seconds: number;
  stop(): Promise<void>;
}

/**
 * Starts it in a checkout, on a free port.
 * @param options where the data is, and others; default: in memory
 * @throws with what it printed when it ends before it is ready
 */
export function npmStart(root: string, options: readonly string[] = ['--in-memory']): Promise<Started> {
  return start(root, 'tools/start.ts', options);
}

/** Starts the local cloud on a folder of somebody else's. */
export function terraformOffline(root: string, folder: string): Promise<Started> {
  return start(root, 'packages/terraform-offline/cli.ts', [folder, '--in-memory']);
}

async function start(root: string, program: string, options: readonly string[]): Promise<Started> {
  const startedAt = performance.now();
  const all = ['--port', '0', '--quiet', '--json', ...options];
  const server = spawn(process.execPath, ['tools/ts.mjs', program, ...all], {
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
    pid: server.pid ?? 0,
    seconds,
    async stop() {
      server.kill();
      await exited;
    },
  };
}
