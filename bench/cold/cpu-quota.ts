import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Holds processes to a share of one processor. */
export interface CpuQuota {
  hold(pid: number): void;
  /** After the last of them has ended. */
  remove(): void;
}

/** In microseconds; a fifth of Linux's own, since a request that fits into one period would not notice the quota. */
const PERIOD = 20_000;

/** Where Linux has its groups, by version, and what has to be written into one. */
const GROUPS = [
  {
    root: '/sys/fs/cgroup/cpu',
    settings: (quota: number) => ({ 'cpu.cfs_period_us': PERIOD, 'cpu.cfs_quota_us': quota }),
  },
  { root: '/sys/fs/cgroup', settings: (quota: number) => ({ 'cpu.max': `${quota} ${PERIOD}` }) },
];

/** Undefined where no quota can be set: elsewhere than on Linux, and for others than root. */
export function cpuQuota(share: number): CpuQuota | undefined {
  for (const { root, settings } of GROUPS) {
    const group = path.join(root, `bench-${process.pid}`);
    try {
      mkdirSync(group);
      for (const [file, value] of Object.entries(settings(Math.round(share * PERIOD)))) {
        writeFileSync(path.join(group, file), String(value));
      }
      return {
        hold: (pid) => writeFileSync(path.join(group, 'cgroup.procs'), String(pid)),
        remove: () => rmdirSync(group),
      };
    } catch {
      try {
        rmdirSync(group);
      } catch {
        // It was not made.
      }
    }
  }
  return undefined;
}
