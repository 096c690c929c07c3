/** The members that have a value; none when an event leaves the whole record out, or null. */
export function present<T>(
  record: Readonly<Record<string, T | undefined>> | null | undefined,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record ?? {}).filter((entry): entry is [string, T] => entry[1] !== undefined),
  );
}
