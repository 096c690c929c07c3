import type { Header } from '../headers';

/**
 * Headers a function cannot set: they go out under another name.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const REMAPPED = new Set(['connection', 'content-length', 'date', 'server', 'www-authenticate']);

/** `WWW-Authenticate` → `x-amzn-Remapped-WWW-Authenticate`; `Transfer-Encoding` is dropped. */
export function remapHeaders(headers: readonly Header[]): Header[] {
  const remapped: Header[] = [];
  for (const header of headers) {
    const [name, value] = header;
    const key = name.toLowerCase();
    if (REMAPPED.has(key)) remapped.push([`x-amzn-Remapped-${name}`, value]);
    else if (key !== 'transfer-encoding') remapped.push(header);
  }
  return remapped;
}
