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
