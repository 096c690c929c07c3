/**
 * Whether a page of another site sent the request. Browsers name the page's origin in every POST, also in those that
 * need no preflight; SDKs and command lines send none.
 * https://fetch.spec.whatwg.org/#origin-header
 */
export function isForeignOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase();
}
