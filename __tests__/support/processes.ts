import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The running processes that a process started.
 * @param command what their command line has. Default: anything
 */
export function childrenOf(parent: number, command = /^/): number[] {
  return running().flatMap(({ pid, ppid, args }) => (ppid === parent && command.test(args) ? [pid] : []));
}

/** The running processes that a process started, and all that those started. */
export function descendantsOf(parent: number): number[] {
  return childrenOf(parent).flatMap((child) => [child, ...descendantsOf(child)]);
}

export function isRunning(pid: number): boolean {
  return running().some((process) => process.pid === pid);
}

/** Those that still run after ten seconds: the system may take a while to end what is killed. */
export async function leftOf(pids: readonly number[]): Promise<number[]> {
  for (let tries = 0; tries < 500 && pids.some(isRunning); tries += 1) await sleep(20);
  return pids.filter(isRunning);
}

interface Process {
  readonly pid: number;
  readonly ppid: number;
  readonly args: string;
}

/** Without those that have ended and that nobody has asked about yet: a signal would still reach them. */
function running(): Process[] {
  return process.platform === 'linux' ? fromProc() : fromPs();
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function fromProc(): Process[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const [state, ppid] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
      const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return state === 'Z' ? [] : [{ pid: Number(pid), ppid: Number(ppid), args }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

function fromPs(): Process[] {
  return execFileSync('ps', ['-axo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state = '']) => !state.startsWith('Z'))
    .map(([pid, ppid, , ...args]) => ({ pid: Number(pid), ppid: Number(ppid), args: args.join(' ') }));
}
