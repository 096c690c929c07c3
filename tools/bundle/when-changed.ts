import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../project-root';

const RECORDS = 'build/records';

/** What a bundler read and what it wrote, relative to the project. */
export interface Bundled {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The modification time and size of files by path; a folder's time tells files that came or went. */
type Stamps = Record<string, string>;

/** Bundles, unless every file that was read or written the last time is still as it was then. */
export async function whenChanged(name: string, bundle: () => Promise<Bundled>): Promise<void> {
  const record = path.join(projectRoot, RECORDS, `${name}.json`);
  if (isCurrent(record)) return;
  const { inputs, outputs } = await bundle();
  const own = inputs.filter((file) => !file.includes('node_modules'));
  const folders = own.flatMap((file) => foldersAbove(path.dirname(file)));
  mkdirSync(path.dirname(record), { recursive: true });
  writeFileSync(record, JSON.stringify(stamps([...bundlers(), ...inputs, ...folders, ...outputs])));
}

function isCurrent(record: string): boolean {
  try {
    const last = JSON.parse(readFileSync(record, 'utf8')) as Stamps;
    const now = stamps(Object.keys(last));
    return Object.entries(last).every(([file, stamp]) => now[file] === stamp);
  } catch {
    // No record yet, or one of a build that was cut off.
    return false;
  }
}

/** Settings are code here: what the bundlers are made of counts as what they read. */
function bundlers(): string[] {
  return [
    'node_modules/esbuild/package.json',
    ...readdirSync(__dirname).map((file) => path.join(__dirname, file)),
  ];
}

function foldersAbove(folder: string): string[] {
  return folder === '.' ? [] : [folder, ...foldersAbove(path.dirname(folder))];
}

function stamps(files: readonly string[]): Stamps {
  return Object.fromEntries(
    files.map((file) => {
      const stat = statSync(path.resolve(projectRoot, file), { throwIfNoEntry: false });
      return [file, stat ? `${stat.mtimeMs} ${stat.isFile() ? stat.size : ''}` : 'missing'];
    }),
  );
}
