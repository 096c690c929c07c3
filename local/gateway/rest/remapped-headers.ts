import type { Header } from '../headers';

/**
 * Headers a function cannot set: they go out under another name.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const REMAPPED = ['connection', 'content-length', 'date', 'server', 'www-authenticate'];

/** `WWW-Authenticate` → `x-amzn-Remapped-WWW-Authenticate`; `Transfer-Encoding` is dropped. */
export function remapHeaders(headers: readonly Header[]): Header[] {
  return headers
    .filter(([name]) => name.toLowerCase() !== 'transfer-encoding')
    .map(([name, value]) => [
      REMAPPED.includes(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name,
      value,
    ]);
}
