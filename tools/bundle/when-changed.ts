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
  const stamp = stamper();
  const recordOf = (unit: string) => path.join(projectRoot, RECORDS, kind, `${unit}.json`);
  const changed = units.filter((unit) => !isCurrent(recordOf(unit), stamp));
  if (changed.length === 0) return;
  const startedAt = Date.now() - CLOCK_TICK_MS;
  const bundled = await bundle(changed);
  const stampNow = stamper();
  for (const [unit, { inputs, outputs }] of bundled) {
    const own = inputs.filter((file) => !file.includes('node_modules'));
    const folders = own.flatMap((file) => foldersAbove(path.dirname(file)));
    // What was edited meanwhile may have been read before or after: without a record it is read again.
    if ([...inputs, ...folders].some((file) => isModifiedSince(file, startedAt))) continue;
    const files = [...BUNDLERS, ...inputs, ...folders, ...outputs];
    mkdirSync(path.dirname(recordOf(unit)), { recursive: true });
    writeFileSync(
      recordOf(unit),
      JSON.stringify(Object.fromEntries(files.map((file) => [file, stampNow(file)]))),
    );
  }
}

function isCurrent(record: string, stamp: (file: string) => string): boolean {
  try {
    const last = JSON.parse(readFileSync(record, 'utf8')) as Stamps;
    return Object.entries(last).every(([file, expected]) => stamp(file) === expected);
  } catch {
    // No record yet, or one of a build that was cut off.
    return false;
  }
}

function foldersAbove(folder: string): string[] {
  return folder === '.' ? [] : [folder, ...foldersAbove(path.dirname(folder))];
}

function isModifiedSince(file: string, time: number): boolean {
  const stat = statSync(path.join(projectRoot, file), { throwIfNoEntry: false });
  return !stat || stat.mtimeMs >= time;
}

/** Looks at each file once: most bundles are made of the same ones. */
function stamper(): (file: string) => string {
  const known = new Map<string, string>();
  return (file) => {
    const stamp = known.get(file) ?? stampOf(file);
    known.set(file, stamp);
    return stamp;
  };
}

function stampOf(file: string): string {
  const stat = statSync(path.join(projectRoot, file), { throwIfNoEntry: false });
  return stat ? `${stat.mtimeMs} ${stat.isFile() ? stat.size : ''}` : 'missing';
}
