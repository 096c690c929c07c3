import type { Answer } from './server';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/;

/** Whether an address, or a `Host` header, is this machine's loopback. */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK.test(host.replace(/(?<=[^:]):\d+$/, '').toLowerCase());
}

/**
 * Answers requests to loopback names, and others with 421. A site that lets its own name point to 127.0.0.1 reaches a
 * loopback server as its own origin (DNS rebinding), but cannot send another `Host`.
 */
export function loopbackHostsOnly(answer: Answer): Answer {
  // Clients keep to one name, and every request comes through here.
  let accepted = 'localhost';
  return (request) => {
    const host = hostOf(request.rawHeaders);
    if (host !== accepted) {
      if (host === undefined || !isLoopbackHost(host)) return Promise.resolve(misdirected(host));
      accepted = host;
    }
    return answer(request);
  };
}

function hostOf(rawHeaders: readonly string[]): string | undefined {
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (name.length === 4 && name.toLowerCase() === 'host') return rawHeaders[i + 1];
  }
  return undefined;
}

function misdirected(host: string | undefined) {
  return {
    status: 421,
    headers: [['Content-Type', 'text/plain; charset=utf-8']] as const,
    body: `This server answers to localhost and 127.0.0.1, received ${host ?? 'no Host'}; to reach it by other names, start it with --host 0.0.0.0.\n`,
  };
}
