import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { program } from '../../support/program';

const launched: Launched[] = [];

interface LaunchOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Default: what `npm start` runs. */
  readonly command?: readonly string[];
}

/** `npm start` as a process, and what it printed so far. */
export class Launched {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  stdout = '';
  stderr = '';

  constructor(
    args: readonly string[],
    { env = process.env, command = program('tools/start.ts') }: LaunchOptions = {},
  ) {
    const [file = '', ...rest] = [...command, '--no-build', '--no-watch', ...args];
    this.child = spawn(file, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exited = once(this.child, 'close').then(([code]) => code as number | null);
    launched.push(this);
  }

  /** The server's URL, once its last line says that it is ready. */
  async ready(): Promise<string> {
    for (;;) {
      const [, url] = /^ready .* (http:\S+)\n/m.exec(this.stdout) ?? [];
      if (url !== undefined) return url;
      const ended = await Promise.race([this.exited, once(this.child.stdout!, 'data')]);
      if (!Array.isArray(ended)) throw new Error(`it ended with ${ended}: ${this.stderr}`);
    }
  }
}

/** Ends what is left of them, after tests. */
export function killLaunched(): void {
  for (const { child } of launched) child.kill('SIGKILL');
}
