import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root';

const RECORDS = 'build/records';

/** File systems tell the time of the last tick of a coarse clock. */
const CLOCK_TICK_MS = 10;

/**
 * Settings are code here: what the bundlers are made of counts as what they read. Listed at once: a server that watches
 * outlives the folder it was started from, when `build` is deleted.
 */
const BUNDLERS = [
  'node_modules/esbuild/package.json',
  ...readdirSync(path.join(projectRoot, 'tools/bundle')).map((file) => `tools/bundle/${file}`),
];

/** What a bundle was made of and what was written, relative to the project. */
export interface Bundled {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Bundles units of a kind together; gives what each was made of. */
export type Bundle = (units: readonly string[]) => Promise<ReadonlyMap<string, Bundled>>;

/** The modification time and size of files by path; a folder's time tells files that came or went. */
type Stamps = Record<string, string>;

/**
 * Bundles the units of which a file that was read or written is not as it was the last time.
 * @param kind `functions`: keeps its records apart
 */
export async function whenChanged(kind: string, units: readonly string[], bundle: Bundle): Promise<void> {
  const before = observer();
  const recordOf = (unit: string) => path.join(projectRoot, RECORDS, kind, `${unit}.json`);
  const changed = units.filter((unit) => !isCurrent(recordOf(unit), before));
  if (changed.length === 0) return;
  const startedAt = Date.now() - CLOCK_TICK_MS;
  const bundled = await bundle(changed);
  const after = observer();
  for (const [unit, { inputs, outputs }] of bundled) {
    const own = inputs.filter((file) => !file.includes('node_modules'));
    const folders = own.flatMap((file) => foldersAbove(path.dirname(file)));
    // What was edited meanwhile may have been read before or after: without a record it is read again.
    if ([...inputs, ...folders].some((file) => after(file).modifiedMs >= startedAt)) continue;
    const files = [...BUNDLERS, ...inputs, ...folders, ...outputs];
    mkdirSync(path.dirname(recordOf(unit)), { recursive: true });
    writeFileSync(
      recordOf(unit),
      JSON.stringify(Object.fromEntries(files.map((file) => [file, after(file).stamp]))),
    );
  }
}

function isCurrent(record: string, observe: Observe): boolean {
  try {
    const last = JSON.parse(readFileSync(record, 'utf8')) as Stamps;
    return Object.entries(last).every(([file, expected]) => observe(file).stamp === expected);
  } catch {
    // No record yet, or one of a build that was cut off.
    return false;
  }
}

function foldersAbove(folder: string): string[] {
  return folder === '.' ? [] : [folder, ...foldersAbove(path.dirname(folder))];
}

interface Observed {
  readonly stamp: string;
  /** Of a file that is missing: later than any time. */
  readonly modifiedMs: number;
}

type Observe = (file: string) => Observed;

/** Looks at each file once: most bundles are made of the same ones. */
function observer(): Observe {
  const known = new Map<string, Observed>();
  return (file) => {
    const observed = known.get(file) ?? observe(file);
    known.set(file, observed);
    return observed;
  };
}

function observe(file: string): Observed {
  const stat = statSync(path.join(projectRoot, file), { throwIfNoEntry: false });
  if (!stat) return { stamp: 'missing', modifiedMs: Infinity };
  return { stamp: `${stat.mtimeMs} ${stat.isFile() ? stat.size : ''}`, modifiedMs: stat.mtimeMs };
}
