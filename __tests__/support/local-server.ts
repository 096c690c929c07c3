import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { program } from './program';

const projectRoot = path.resolve(__dirname, '../..');

export interface LocalServer {
  /** Its process. */
  readonly pid: number;
  /** What its log has told so far, one after the other. */
  readonly notices: readonly string[];
  /** The first such notice, from that one on: it may come yet. */
  noticed(pattern: RegExp, from?: number): Promise<string>;
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
  // Another checkout has programs and folders of its own.
  const isOther = root !== projectRoot;
  const [file, ...start] = isOther
    ? [process.execPath, 'tools/ts.mjs', 'tools/start.ts']
    : program('tools/start.ts');
  const env = { ...process.env, ...(isOther && { BUILD_DIR: undefined, CDKTF_OUTDIR: undefined }) };
  const server = spawn(file, [...start, '--port', '0', '--json', '--no-watch', ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(server, 'exit');
  const complaints: string[] = [];
  server.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const notices: string[] = [];
  const told = new EventEmitter();
  const outputs = await new Promise<Outputs>((resolve, reject) => {
    createInterface(server.stdout).on('line', (line) => {
      const { type, record } = JSON.parse(line) as Line;
      if (type === 'ready') resolve(record.outputs);
      if (type !== 'notice') return;
      notices.push(record.message);
      told.emit('notice');
    });
    server.once('exit', () => {
      reject(new Error(`the local server ended: ${complaints.join('')}`));
    });
  });
  const started = {
    pid: server.pid ?? 0,
    notices,
    async noticed(pattern: RegExp, from = 0) {
      for (;;) {
        const notice = notices.slice(from).find((message) => pattern.test(message));
        if (notice !== undefined) return notice;
        await once(told, 'notice');
      }
    },
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
