import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { functionEntries } from '../../tools/bundle/entries';
import { BUNDLES, SOURCE_MAPS } from '../../tools/bundle/functions';
import { projectRoot } from '../../tools/project-root';

type PositionOf = (line: number, column: number) => string | undefined;
type Payload = ConstructorParameters<typeof SourceMap>[0];

/**
 * Makes positions in a function's bundle, as stack traces have them, positions in its sources: a bundle is one long line.
 * @param taskRoot where the bundle runs
 * @returns gives text back as it is where the bundle has no source map, or has been built anew since
 */
export function sourcePositions(taskRoot: string): (text: string) => string {
  const bundle = path.join(taskRoot, 'index.mjs');
  const url = pathToFileURL(bundle).href;
  let positionOf: PositionOf | undefined;

  return (text) => {
    if (!text.includes(url)) return text;
    const known = (positionOf ??= sourceMapOf(bundle));
    const [before = '', ...places] = text.split(url);
    return places.reduce((done, place) => {
      const [position = '', line, column] = /^:(\d+):(\d+)/.exec(place) ?? [];
      const source = known(Number(line), Number(column));
      return done + (source === undefined ? url + place : source + place.slice(position.length));
    }, before);
  };
}

function sourceMapOf(bundle: string): PositionOf {
  const code = readFileSync(bundle);
  const entry = functionEntries().find((candidate) => {
    const file = path.join(projectRoot, BUNDLES, candidate, 'index.mjs');
    return existsSync(file) && readFileSync(file).equals(code);
  });
  const file = entry && path.join(projectRoot, SOURCE_MAPS, entry, 'index.mjs.map');
  if (!file || !existsSync(file)) return () => undefined;
  const map = new SourceMap(JSON.parse(readFileSync(file, 'utf8')) as Payload);
  return (line, column) => {
    const origin = map.findOrigin(line, column);
    if (!('fileName' in origin)) return undefined;
    const source = path.resolve(path.dirname(file), origin.fileName);
    return `${path.relative(projectRoot, source)}:${origin.lineNumber}:${origin.columnNumber}`;
  };
}
