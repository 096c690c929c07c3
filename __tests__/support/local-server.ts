import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

const projectRoot = path.resolve(__dirname, '../..');

export interface LocalServer {
  /** Its process. */
  readonly pid: number;
  /** What its log has told so far, one after the other. */
  readonly notices: readonly string[];
  /** A stack's `api_gateway_url`. */
  urlOf(stackId: string): string;
  /** Stops it as Ctrl-C does, unless it has ended already. */
  stop(): Promise<void>;
}

export interface LocalServerOptions {
  /** Folder of the checkout to serve. Default: this one. */
  readonly root?: string;
  /** Options of `npm start`. Default: serve what the tests' setup built, and keep no data. */
  readonly args?: readonly string[];
}

/**
 * What `npm start` starts, on a free port.
 * @throws with what it printed when it ends before it is ready
 */
export async function startLocalServer({
  root = projectRoot,
  args = ['--no-build', '--in-memory'],
}: LocalServerOptions = {}): Promise<LocalServer> {
  const command = ['tools/ts.mjs', 'tools/start.ts', '--port', '0', '--json', '--no-watch', ...args];
  // Another checkout has folders of its own.
  const folders = root === projectRoot ? {} : { BUILD_DIR: undefined, CDKTF_OUTDIR: undefined };
  const env = { ...process.env, ...folders };
  const server = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(server, 'exit');
  const complaints: string[] = [];
  server.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const notices: string[] = [];
  const outputs = await new Promise<Outputs>((resolve, reject) => {
    createInterface(server.stdout).on('line', (line) => {
      const { type, record } = JSON.parse(line) as Line;
      if (type === 'ready') resolve(record.outputs);
      if (type === 'notice') notices.push(record.message);
    });
    server.once('exit', () => {
      reject(new Error(`the local server ended: ${complaints.join('')}`));
    });
  });
  const started = {
    pid: server.pid ?? 0,
    notices,
    urlOf(stackId: string) {
      const url = outputs[stackId]?.api_gateway_url;
      if (!url) throw new Error(`no stack ${stackId}: ${Object.keys(outputs).join(', ')} are served`);
      return url;
    },
    async stop() {
      server.kill('SIGTERM');
      await exited;
    },
  };
  running.push(started);
  return started;
}

const running: LocalServer[] = [];

/** Stops those that were started, after tests; one that did not start has said why. */
export async function stopLocalServers(): Promise<void> {
  await Promise.all(running.splice(0).map((server) => server.stop()));
}

type Outputs = Record<string, { readonly api_gateway_url: string } | undefined>;

/** Of its log. */
interface Line {
  readonly type: string;
  readonly record: { readonly outputs: Outputs; readonly message: string };
}
