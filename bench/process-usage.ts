import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second, whatever the kernel's own ticks are. */
const TICKS_PER_SECOND = 100;

/** What a process and its children use. */
export interface Usage {
  /** Resident memory, pages they share counted in each. */
  readonly megabytes: number;
  /** Of processor time since they started. */
  readonly cpuSeconds: number;
}

export function usageOf(pid: number): Usage {
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid=,rss=,time='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([id, parent]) => [id, parent].includes(String(pid)))
    .map(([id = '', , kilobytes, time = '']) => ({
      megabytes: Number(kilobytes) / 1024,
      cpuSeconds: cpuSeconds(id, time),
    }));
  return {
    megabytes: sum(processes.map(({ megabytes }) => megabytes)),
    cpuSeconds: sum(processes.map(({ cpuSeconds }) => cpuSeconds)),
  };
}

/** @param time what `ps` says: to the hundredth on macOS, whole seconds on Linux */
function cpuSeconds(pid: string, time: string): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return time.split(/[-:]/).reduce((seconds, part) => seconds * 60 + Number(part), 0);
  // After the name in parentheses; utime and stime: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
