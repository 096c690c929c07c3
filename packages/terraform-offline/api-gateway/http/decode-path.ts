export interface DecodedPath {
  /** What routes are matched with. */
  readonly routed: string;
  /** What the event shows. */
  readonly shown: string;
}

/**
 * HTTP APIs decode twice: once, cut at a question mark that this uncovers, before they route; once more for the event, path
 * parameters included. So `a%2Fb` is two segments, and `a%252Fb` is one that a function sees as `a/b`.
 * Paths: https://github.com/hotsock/voker/blob/main/vokerhttp/testdata/ingress-paths.json
 * Parameters: https://stackoverflow.com/questions/69677023/aws-api-gateway-expects-the-request-url-to-be-encoded-twice
 * @returns undefined for a path that cannot be decoded, which is a bad request
 */
export function decodePath(rawPath: string): DecodedPath | undefined {
  try {
    const routed = decodeURIComponent(rawPath).split('?', 1)[0]!;
    return { routed, shown: decodeURIComponent(routed) };
  } catch {
    return undefined;
  }
}
