export type QueryParameter = readonly [name: string, value: string];

/** Decoded, a plus sign as it is: for a signature, a query is not read as a form is. */
export function queryParameters(rawQuery: string): QueryParameter[] {
  if (rawQuery === '') return [];
  return rawQuery.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
