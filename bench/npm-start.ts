import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';

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
  const all = ['--port', '0', '--json', ...options];
  const server = spawn(process.execPath, ['tools/ts.mjs', program, ...all], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(server, 'exit');
  const ready = readyLine(createInterface(server.stdout));
  const [line] = await Promise.race([ready, exited]);
  if (typeof line !== 'string') throw new Error('npm start ended before it was ready');
  // Its log is read on, as a terminal would.
  server.stdout.resume();
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

/** There may be warnings before it. */
async function readyLine(lines: Interface): Promise<[string | undefined]> {
  for await (const line of lines) if ((JSON.parse(line) as { type: string }).type === 'ready') return [line];
  return [undefined];
}
