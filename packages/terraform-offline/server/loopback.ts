import type { Answer } from './server';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;

/** What a page may send to any server without being allowed to, and what should change nothing. */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether an address, or a `Host` header, is this machine's loopback. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK.test(host.replace(/(?<=[^:]):\d+$/, '').toLowerCase());
}

/**
 * Answers what this machine asks, and refuses what pages of other sites could make a browser here ask.
 *
 * 421 for foreign names: a site that lets its own name point to 127.0.0.1 reaches a loopback server as its own origin
 * (DNS rebinding), but cannot send another `Host`. 403 for changes from foreign origins: a page needs nobody's leave to
 * send a form, or a body without a type (https://fetch.spec.whatwg.org/#cors-safelisted-method), and API Gateway's own
 * APIs are open to that, but hold no developer's data.
 */
export function localClientsOnly(answer: Answer): Answer {
  // Clients keep to one name, and every request comes through here.
  let accepted = 'localhost';
  return (request) => {
    const host = headerOf(request.rawHeaders, 'host');
    if (host !== accepted) {
      if (host === undefined || !isLoopbackHost(host)) return Promise.resolve(misdirected(host));
      accepted = host;
    }
    if (!SAFE_METHODS.has(request.method)) {
      const origin = headerOf(request.rawHeaders, 'origin');
      if (origin !== undefined && isOtherSite(origin)) return Promise.resolve(forbidden(origin));
    }
    return answer(request);
  };
}

/** Also `null`, which any site can have; not a browser's extension, or an editor. */
function isOtherSite(origin: string): boolean {
  if (!URL.canParse(origin)) return true;
  const { protocol, host } = new URL(origin);
  return /^https?:$/.test(protocol) && !isLoopbackHost(host);
}

function headerOf(rawHeaders: readonly string[], wanted: string): string | undefined {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (name.length === wanted.length && name.toLowerCase() === wanted) return rawHeaders[i + 1];
  }
  return undefined;
}

const PLAIN_TEXT = [['Content-Type', 'text/plain; charset=utf-8']] as const;

function misdirected(host: string | undefined) {
  return {
    status: 421,
    headers: PLAIN_TEXT,
    body: `This server answers to localhost and 127.0.0.1, received ${host ?? 'no Host'}; to reach it by other names, start it with --host 0.0.0.0.\n`,
  };
}

function forbidden(origin: string) {
  return {
    status: 403,
    headers: PLAIN_TEXT,
    body: `Only pages of this machine may change something here, received the Origin ${origin}; for pages of other sites, start it with --host 0.0.0.0.\n`,
  };
}
