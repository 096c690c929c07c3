import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

type Payload = ConstructorParameters<typeof SourceMap>[0];

/** What tells a debugger where the source map of a bundle is. */
export const SOURCE_MAP_LINK = '\n//# sourceMappingURL=';

/** What is known of a bundle's sources. */
interface Known {
  /** The bundle's source map; undefined when the bundle is gone. */
  readonly file: string | undefined;
  /** When the file was written: an edit may move lines and leave the bundle as it is. */
  readonly modified: number | undefined;
  /** Undefined when there is none. */
  readonly map: SourceMap | undefined;
}

/**
 * Makes positions in a function's bundle, as stack traces have them, positions in its sources: a bundle is one long line.
 * @param taskRoot where the bundle runs
 * @param sourceMaps the folder with the bundle's source map, `<SHA-256 of the bundle, in hexadecimal digits>.map`
 * @returns gives text back as it is where the bundle has no source map, or is gone; never throws
 */
export function sourcePositions(taskRoot: string, sourceMaps: string | undefined): (text: string) => string {
  const bundle = path.join(taskRoot, 'index.mjs');
  const url = pathToFileURL(bundle).href;
  let known: Known | undefined;

  return (text) => {
    if (sourceMaps === undefined || !text.includes(`${url}:`)) return text;
    if (!known || known.modified !== modified(known.file)) known = find(bundle, sourceMaps);
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

/** Where the source map of a bundle is, if there is one. */
export function sourceMapFile(code: Buffer, sourceMaps: string): string {
  return path.resolve(sourceMaps, `${createHash('sha256').update(withoutLink(code)).digest('hex')}.map`);
}

/** A bundle as it was built, without what a debugger needs. */
function withoutLink(code: Buffer): Buffer {
  const at = code.lastIndexOf(SOURCE_MAP_LINK);
  return at < 0 ? code : code.subarray(0, at);
}

/** The source map that was made with the same bundle. */
function find(bundle: string, sourceMaps: string): Known {
  try {
    const file = sourceMapFile(readFileSync(bundle), sourceMaps);
    const before = modified(file);
    const map =
      before === undefined ? undefined : new SourceMap(JSON.parse(readFileSync(file, 'utf8')) as Payload);
    return { file, modified: before, map };
  } catch {
    // A log goes on without: the bundle may be gone with its last event, or the map be written right now.
    return { file: undefined, modified: undefined, map: undefined };
  }
}

function modified(file: string | undefined): number | undefined {
  return file === undefined ? undefined : statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

function sourceAt(map: SourceMap, line: number, column: number): string | undefined {
  const entry = map.findEntry(line - 1, column - 1);
  if (!('originalSource' in entry) || entry.generatedLine !== line - 1) return undefined;
  return `${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

/** From the folder on that this runs in; maps name sources from their own. */
function relative(map: string, source: string): string {
  return path.relative('', path.resolve(path.dirname(map), source));
}
