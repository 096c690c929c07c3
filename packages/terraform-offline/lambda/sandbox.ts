import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessReaper } from './process-reaper';

/**
 * Runs the runtime as its child: a function that ends its parent process ends this shell, not the server. What the
 * shell itself would say, of a child that was killed, goes nowhere, and its own variables do not reach the function.
 */
const SCRIPT = `exec 4>&2 2>/dev/null
unset PWD OLDPWD SHLVL
/usr/bin/env -u _ "$@" 2>&4 4>&-
exit $?`;

/** What a shell adds to the number of the signal that ended its child. */
const BY_SIGNAL = 128;

/** Processes that outlive their group may hold its output open: it is not waited for longer than this. */
const OUTPUT_MS = 200;

export interface SandboxOptions {
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Where it starts. */
  readonly folder: string;
  /** All its environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  readonly reaper: ProcessReaper;
}

/** How a process ended: its exit code, or the number of the signal. */
export type Exit = { readonly code: number } | { readonly signal: number };

/** A process with a group of its own, which all that it starts belongs to. */
export interface Sandbox {
  /** Of the group. */
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** What the runtime's client writes to `_LAMBDA_TELEMETRY_LOG_FD`. */
  readonly telemetry: Readable;
  /** After its output has been read. */
  readonly exited: Promise<Exit>;
  /** Ends all of it at once. */
  kill(): void;
}

/** The descriptor behind `Sandbox.telemetry`. */
export const TELEMETRY_DESCRIPTOR = 3;

/** @throws when the machine has no room for another process */
export function startSandbox({ command, folder, variables, reaper }: SandboxOptions): Sandbox {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'sh', ...command], {
    cwd: folder,
    env: variables,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const { pid, stdio } = shell;
  const [, stdout, stderr, telemetry] = stdio as unknown as [null, Readable, Readable, Readable];
  // What went wrong is told below.
  shell.on('error', () => undefined);
  if (pid === undefined) throw new Error(`no process could be started in ${folder}`);
  reaper.watch(pid);
  const kill = () => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };
  return {
    pid,
    stdout,
    stderr,
    telemetry,
    exited: (async () => {
      const closed = once(shell, 'close');
      const [code] = (await once(shell, 'exit')) as [number | null];
      kill();
      await Promise.race([closed, sleep(OUTPUT_MS, undefined, { ref: false })]);
      reaper.forget(pid);
      if (code === null) return { signal: 9 };
      return code > BY_SIGNAL && code <= BY_SIGNAL + 31 ? { signal: code - BY_SIGNAL } : { code };
    })(),
    kill,
  };
}
