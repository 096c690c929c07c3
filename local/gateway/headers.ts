export type Header = readonly [name: string, value: string];

/** Name, value, name, value, … as pairs. */
export function headerPairs(rawHeaders: readonly string[]): Header[] {
  const pairs: Header[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) pairs.push([rawHeaders[i]!, rawHeaders[i + 1]!]);
  return pairs;
}

/** A header's value, whatever its case; the last one of a repeated header. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headers.findLast(([candidate]) => candidate.toLowerCase() === name)?.[1];
}
