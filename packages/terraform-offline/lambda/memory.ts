import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** Linux counts resident memory in pages. */
const PAGE_BYTES = 4096;

/** macOS has no `/proc`: `ps` tells, and costs more. */
const INTERVAL_MS = process.platform === 'linux' ? 50 : 250;

export interface Watched {
  /** The process at the top. */
  readonly pid: number | undefined;
  readonly state: string;
  noteMemory(bytes: number): void;
}

/** Watches from outside how much memory is resident, of processes that have something to do. */
export class MemoryWatch {
  private timer: NodeJS.Timeout | undefined;

  /** @param watched may change */
  constructor(private readonly watched: Iterable<Watched>) {}

  /** To be called when one has something to do: ends by itself when none has. */
  start(): void {
    this.timer ??= setInterval(() => {
      const busy = [...this.watched].filter(({ state }) => state === 'busy' || state === 'loading');
      if (busy.length === 0) this.stop();
      void measure(busy);
    }, INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

/** Notes what one uses now, where that is cheap to find out: what came and went between two looks is seen. */
export function measureNow(watched: Watched): void {
  if (process.platform === 'linux' && watched.pid !== undefined) watched.noteMemory(fromProc(watched.pid));
}

async function measure(busy: readonly Watched[]): Promise<void> {
  if (process.platform === 'linux') {
    busy.forEach(measureNow);
    return;
  }
  const bytesOf = await fromPs().catch(() => undefined);
  for (const one of busy) if (one.pid !== undefined && bytesOf) one.noteMemory(bytesOf(one.pid));
}

/** Of a process and all that it started. https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html */
function fromProc(pid: number): number {
  try {
    const [, resident] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim().split(' ');
    const below = children.map((child) => (child === '' ? 0 : fromProc(Number(child))));
    return Number(resident) * PAGE_BYTES + below.reduce((sum, bytes) => sum + bytes, 0);
  } catch {
    // It has ended.
    return 0;
  }
}

/** @returns tells what a process and all that it started use */
async function fromPs(): Promise<(pid: number) => number> {
  const { stdout } = await promisify(execFile)('ps', ['-axo', 'pid=,ppid=,rss=']);
  const processes = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [pid: number, parent: number, kilobytes: number]);
  const bytesOf = (pid: number): number =>
    processes
      .filter(([one, parent]) => one === pid || parent === pid)
      .map(([one, , kilobytes]) => (one === pid ? kilobytes * 1024 : bytesOf(one)))
      .reduce((sum, bytes) => sum + bytes, 0);
  return bytesOf;
}
