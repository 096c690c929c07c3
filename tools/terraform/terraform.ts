import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs terraform to its end in a stack's folder, and resolves to what it prints. Ctrl-C reaches it through the terminal,
 * SIGTERM is passed on: either way it gives its state lock back before this process goes.
 * Rejects with what terraform says when it fails, and with how to install it when it is not there.
 * @param variables what the environment has besides this process's. Default: nothing
 */
export async function terraform(
  args: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const colors = process.stderr.isTTY ? [] : ['-no-color'];
  // Options follow the command, which may be of two words.
  const words = args.findIndex((arg) => arg.startsWith('-'));
  const command = args.slice(0, words === -1 ? 1 : words);
  const child = spawn('terraform', [...command, ...colors, ...args.slice(command.length)], {
    cwd,
    // Named, since Jest gives tests a copy: the variables that a test sets would not arrive.
    env: { ...process.env, CHECKPOINT_DISABLE: '1', ...variables },
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
    if (code === 0) return Buffer.concat(stdout).toString();
    const said = Buffer.concat(stderr.length > 0 ? stderr : stdout)
      .toString()
      .trim();
    throw new Error(`terraform ${args.join(' ')} in ${cwd} ended with ${code ?? signal}:\n${said}`);
  } catch (error) {
    throw isNotFound(error)
      ? new Error(
          'terraform is not on the PATH: install Terraform 1.11 or later, https://developer.hashicorp.com/terraform/install',
        )
      : error;
  } finally {
    process.off('SIGINT', wait);
    process.off('SIGTERM', passOn);
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
