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

/** All values of each name, joined by commas as payload format 2.0 has them. */
export function joinedValues(map: MultiMap): Record<string, string> {
  return Object.fromEntries([...map].map(([name, values]) => [name, values.join(',')]));
}
