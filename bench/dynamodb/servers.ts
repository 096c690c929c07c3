import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { buildSync } from 'esbuild';

export interface Running {
  readonly name: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Milliseconds from its start to its first answer. */
  readonly startedIn: number;
}

export type Command = (port: number, folder: string) => readonly string[];

export async function start(name: string, command: Command, folder: string): Promise<Running> {
  const port = await freePort();
  const begin = performance.now();
  const child = spawn(process.execPath, command(port, folder), { stdio: ['ignore', 'ignore', 'inherit'] });
  for (;;) {
    const isUp = await fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      () => false,
    );
    if (isUp) return { name, port, process: child, startedIn: performance.now() - begin };
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`);
  }
}

export async function stop({ process: child }: Running): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** As it is packed. */
export function ours(inMemory: boolean): Command {
  const outfile = path.join(process.cwd(), 'build', 'bench', 'dynamodb-offline.js');
  buildSync({
    entryPoints: ['packages/dynamodb-offline/cli.ts'],
    bundle: true,
    platform: 'node',
    packages: 'external',
    outfile,
    logLevel: 'error',
  });
  return (port, folder) => [
    outfile,
    ...['--port', String(port)],
    ...(inMemory ? ['--in-memory'] : ['--data-dir', folder]),
  ];
}

export function dynaliteIn(root: string, inMemory: boolean): Command {
  execFileSync('npm', ['install', '--prefix', root, '--silent', '--no-audit', '--no-fund', 'dynalite@4.0.0']);
  const cli = path.join(root, 'node_modules', 'dynalite', 'cli.js');
  return (port, folder) => [
    cli,
    ...['--port', String(port), '--createTableMs', '0'],
    ...(inMemory ? [] : ['--path', folder]),
  ];
}
