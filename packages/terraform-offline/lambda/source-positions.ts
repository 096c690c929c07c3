import { existsSync, readFileSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { functionEntries } from '../../../tools/bundle/entries';
import { BUNDLES, SOURCE_MAPS } from '../../../tools/bundle/functions';
import { projectRoot } from '../../../tools/project-root';

type Payload = ConstructorParameters<typeof SourceMap>[0];

/** What is known of a bundle's sources. */
interface Known {
  /** The bundle's source map; undefined when it has none. */
  readonly file: string | undefined;
  /** When the file was written: an edit may move lines and leave the bundle as it is. */
  readonly modified: number | undefined;
  readonly map: SourceMap | undefined;
}

/**
 * Makes positions in a function's bundle, as stack traces have them, positions in its sources: a bundle is one long line.
 * @param taskRoot where the bundle runs
 * @returns gives text back as it is where the bundle has no source map, or is gone; never throws
 */
export function sourcePositions(taskRoot: string): (text: string) => string {
  const bundle = path.join(taskRoot, 'index.mjs');
  const url = pathToFileURL(bundle).href;
  let known: Known | undefined;

  return (text) => {
    if (!text.includes(`${url}:`)) return text;
    if (!known || known.modified !== modified(known.file)) known = find(bundle);
    const { file, map } = known;
    if (!file || !map) return text;
    const [before = '', ...places] = text.split(url);
    return places.reduce((done, place) => {
      const [position = '', line, column] = /^:(\d+):(\d+)/.exec(place) ?? [];
      const source = position && sourceAt(map, Number(line), Number(column));
      if (!source) return done + url + place;
      return done + relative(file, source) + place.slice(position.length);
    }, before);
  };
}

/** The source map that was made with the same bundle. */
function find(bundle: string): Known {
  try {
    const code = readFileSync(bundle);
    const entry = functionEntries().find((candidate) => {
      const file = path.join(projectRoot, BUNDLES, candidate, 'index.mjs');
      return existsSync(file) && readFileSync(file).equals(code);
    });
    if (entry === undefined) return NOTHING;
    const file = path.join(projectRoot, SOURCE_MAPS, entry, 'index.mjs.map');
    return {
      file,
      modified: modified(file),
      map: new SourceMap(JSON.parse(readFileSync(file, 'utf8')) as Payload),
    };
  } catch {
    // A log goes on without: the bundle may be gone with its last event, or the map be written right now.
    return NOTHING;
  }
}

const NOTHING: Known = { file: undefined, modified: undefined, map: undefined };

function modified(file: string | undefined): number | undefined {
  return file === undefined ? undefined : statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

function sourceAt(map: SourceMap, line: number, column: number): string | undefined {
  const entry = map.findEntry(line - 1, column - 1);
  if (!('originalSource' in entry) || entry.generatedLine !== line - 1) return undefined;
  return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

/** From the project's folder on; maps name sources from their own. */
function relative(map: string, source: string): string {
  return path.relative(projectRoot, path.resolve(path.dirname(map), source));
}
