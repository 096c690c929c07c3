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

/** All values of a header by its lower-case name. */
export function headerValues(headers: readonly Header[], name: string): string[] {
  return headers.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
}

/** Names with all their values, in the order they came. */
export type MultiMap = ReadonlyMap<string, readonly string[]>;

export function multiMap(pairs: Iterable<readonly [name: string, value: string]>): MultiMap {
  const map = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const values = map.get(name);
    if (values) values.push(value);
    else map.set(name, [value]);
  }
  return map;
}

/** One value for each name: the last, as AWS keeps it. */
export function lastValues(map: MultiMap): Record<string, string> {
  return Object.fromEntries([...map].map(([name, values]) => [name, values.at(-1)!]));
}

/** `application/json` of `Application/JSON; charset=utf-8`: API Gateway chooses by the MIME type alone. */
export function mediaType(header: string): string {
  const end = header.indexOf(';');
  return (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
}

/** Whether one of the patterns covers the media type: itself, `image/*` or any type at all. */
export function matchesMediaType(type: string, patterns: readonly string[]): boolean {
  const range = `${type.split('/', 1)[0]!}/*`;
  return patterns.some((pattern) => [type, range, '*/*'].includes(pattern.toLowerCase()));
}

/**
 * Decoded once, `+` as a space; a name without `=` has the empty value.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function parseQuery(rawQuery: string): MultiMap {
  return multiMap(new URLSearchParams(rawQuery));
}
