import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface TerraformOptions {
  /** The stack's folder. */
  readonly cwd: string;
  /** Default: the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Exit codes that are answers, not failures. Default: 0. */
  readonly accept?: readonly number[];
}

export interface TerraformResult {
  readonly code: number;
  readonly stdout: string;
}

/**
 * Runs terraform to its end. Ctrl-C reaches it through the terminal, SIGTERM is passed on: either way it gives its
 * state lock back before this process goes.
 * Rejects with what terraform says when it fails, and with how to install it when it is not there.
 */
export async function terraform(
  args: readonly string[],
  { cwd, env = process.env, accept = [0] }: TerraformOptions,
): Promise<TerraformResult> {
  const colors = process.stderr.isTTY ? [] : ['-no-color'];
  const child = spawn('terraform', [...args.slice(0, 1), ...colors, ...args.slice(1)], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const wait = (): void => undefined;
  const passOn = (): void => void child.kill('SIGINT');
  process.on('SIGINT', wait);
  process.on('SIGTERM', passOn);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (code !== null && accept.includes(code)) return { code, stdout: Buffer.concat(stdout).toString() };
    const said = Buffer.concat(stderr.length > 0 ? stderr : stdout)
      .toString()
      .trim();
    throw new Error(`terraform ${args.join(' ')} in ${cwd} ended with ${code ?? signal}:\n${said}`);
  } catch (error) {
    throw isNotFound(error)
      ? new Error('terraform is not on the PATH: install Terraform 1.11 or later')
      : error;
  } finally {
    process.off('SIGINT', wait);
    process.off('SIGTERM', passOn);
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
