export interface RawSourceMap {
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/** Lines and columns are counted from 0. */
export interface Mapping {
  readonly generatedLine: number;
  readonly generatedColumn: number;
  readonly source: string;
  readonly originalLine: number;
  readonly originalColumn: number;
  /** What stands there is called so in the source. */
  readonly name: string | undefined;
}

/** All places of a source map. https://tc39.es/ecma426/#sec-mappings */
export function mappings({ sources, names, mappings }: RawSourceMap): Mapping[] {
  const all: Mapping[] = [];
  let [source, originalLine, originalColumn, name] = [0, 0, 0, 0];
  mappings.split(';').forEach((line, generatedLine) => {
    let generatedColumn = 0;
    for (const segment of line.split(',')) {
      const [column = 0, bySource, byLine = 0, byColumn = 0, byName] = numbers(segment);
      generatedColumn += column;
      if (bySource === undefined) continue;
      source += bySource;
      originalLine += byLine;
      originalColumn += byColumn;
      name += byName ?? 0;
      all.push({
        generatedLine,
        generatedColumn,
        source: sources[source] ?? '',
        originalLine,
        originalColumn,
        name: byName === undefined ? undefined : names[name],
      });
    }
  });
  return all;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function numbers(segment: string): number[] {
  const found: number[] = [];
  let [value, shift] = [0, 0];
  for (const character of segment) {
    const digit = DIGITS.indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit >= 32) continue;
    found.push(value & 1 ? -(value >> 1) : value >> 1);
    [value, shift] = [0, 0];
  }
  return found;
}
