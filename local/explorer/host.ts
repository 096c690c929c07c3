const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/**
 * Whether an address, or a `Host` header, is this machine's loopback. A site that lets its own name point to
 * 127.0.0.1 reaches a loopback server as its own origin (DNS rebinding), but cannot send another `Host`.
 */
export function isLoopbackHost(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK.has(host.replace(/(?<=[^:]):\d+$/, '').toLowerCase());
}
