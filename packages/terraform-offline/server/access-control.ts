import { hostOf } from './host-header';
import { headerPairs } from './message';
import type { HttpRequest, HttpResponse } from './request';

/**
 * Whether a page of another site sent the request. Browsers name the page's origin in every POST, also in those that
 * need no preflight; SDKs and command lines send none.
 * https://fetch.spec.whatwg.org/#origin-header
 */
export function isForeignOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== host?.toLowerCase();
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;

/** What a page may send to any server without being allowed to, and what should change nothing. */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether an address, or a `Host` header, is this machine's loopback. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK.test(host.replace(/(?<=[^:]):\d+$/, '').toLowerCase());
}

/** Headers that say who asks, and how long a request is: one that comes twice is read one way here, and another elsewhere. */
const ONCE: ReadonlySet<string> = new Set(['host', 'origin', 'content-length', 'transfer-encoding']);

interface AccessOptions {
  /** Whether the server is for this machine alone, as on a loopback address. */
  readonly localOnly: boolean;
  /** Whether a name is a domain that the configuration itself declares. Default: none is. */
  readonly isDeclared?: (host: string) => boolean;
}

/**
 * The answer to a request that is not let in; undefined for one that is. Let in is what this machine asks; refused is what
 * pages of other sites could make a browser here ask.
 *
 * 421 for foreign names: a site that lets its own name point to 127.0.0.1 reaches a loopback server as its own origin
 * (DNS rebinding), but cannot send another `Host`. 403 for changes from foreign origins: a page needs nobody's leave to
 * send a form, or a body without a type (https://fetch.spec.whatwg.org/#cors-safelisted-method), and API Gateway's own
 * APIs are open to that, but hold no developer's data.
 */
export function accessRefusal(
  { method, rawHeaders }: Pick<HttpRequest, 'method' | 'rawHeaders'>,
  { localOnly, isDeclared = () => false }: AccessOptions,
): HttpResponse | undefined {
  const seen = new Map<string, string>();
  for (const [name, value] of headerPairs(rawHeaders)) {
    const key = name.toLowerCase();
    if (!ONCE.has(key)) continue;
    if (seen.has(key)) return refusal(400, `The header ${name} came twice: send it once.`);
    seen.set(key, value);
  }
  if (!localOnly) return undefined;
  const [host, origin] = [seen.get('host'), seen.get('origin')];
  const name = hostOf({ rawHeaders });
  const isOwnDomain = name !== undefined && isDeclared(name);
  if (!isLoopbackHost(host) && !isOwnDomain) {
    return refusal(
      421,
      `This server answers to localhost and 127.0.0.1, received ${host ?? 'no Host'}; to reach it by other names, start it with --host 0.0.0.0.`,
    );
  }
  // A page at a declared name may change what is at that name.
  const isSameOrigin = isOwnDomain && !isForeignOrigin(origin, host);
  if (!SAFE_METHODS.has(method) && origin !== undefined && isOtherSite(origin) && !isSameOrigin) {
    return refusal(
      403,
      `Only pages of this machine may change something here, received the Origin ${origin}; for pages of other sites, start it with --host 0.0.0.0.`,
    );
  }
  return undefined;
}

/** Also `null`, which any site can have; not a browser's extension, or an editor. */
function isOtherSite(origin: string): boolean {
  if (!URL.canParse(origin)) return true;
  const { protocol, host } = new URL(origin);
  return /^https?:$/.test(protocol) && !isLoopbackHost(host);
}

function refusal(status: number, message: string): HttpResponse {
  return { status, headers: [['Content-Type', 'text/plain; charset=utf-8']], body: `${message}\n` };
}
