export type Header = readonly [name: string, value: string];

/** Name, value, name, value, … as pairs. */
export function headerPairs(rawHeaders: readonly string[]): Header[] {
  const pairs: Header[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) pairs.push([rawHeaders[i]!, rawHeaders[i + 1]!]);
  return pairs;
}

/** Tells some headers, by their lower-case names, from all others, most of which have a name of another length. */
export function headerNames(...names: readonly string[]): (name: string) => boolean {
  const lengths = new Set(names.map(({ length }) => length));
  return (name) => lengths.has(name.length) && names.includes(name.toLowerCase());
}

/** What a server itself says about the message: what a function says would contradict it. */
export const isFraming = headerNames('connection', 'content-length', 'keep-alive', 'transfer-encoding');

/** A header's value by its lower-case name, whatever its case; the last one of a repeated header. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  for (let i = headers.length - 1; i >= 0; i--) {
    const [candidate, value] = headers[i]!;
    if (candidate.length === name.length && candidate.toLowerCase() === name) return value;
  }
  return undefined;
}
