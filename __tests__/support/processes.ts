import { execFileSync } from 'node:child_process';

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

/** Without those that have ended and that nobody has asked about yet: a signal would still reach them. */
function running(): { pid: number; ppid: number; args: string }[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state = '']) => !state.startsWith('Z'))
    .map(([pid, ppid, , ...args]) => ({ pid: Number(pid), ppid: Number(ppid), args: args.join(' ') }));
}
