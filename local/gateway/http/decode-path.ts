/**
 * HTTP APIs decode the path before they route it: once, cut at a question mark that this uncovers, and once more. A path
 * that cannot be decoded is a bad request.
 * https://github.com/hotsock/voker/blob/main/vokerhttp/testdata/ingress-paths.json holds what AWS made of ten paths.
 * @returns undefined when it cannot be decoded
 */
export function decodePath(rawPath: string): string | undefined {
  try {
    const once = decodeURIComponent(rawPath);
    return decodeURIComponent(once.split('?', 1)[0]!);
  } catch {
    return undefined;
  }
}
