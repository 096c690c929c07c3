import { type Header, headerNames } from '../headers';

/**
 * Headers a function cannot set: they go out under another name.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
const isRemapped = headerNames(
  'authorization',
  'connection',
  'content-length',
  'date',
  'server',
  'www-authenticate',
);
const isDropped = headerNames('transfer-encoding');

/** `WWW-Authenticate` → `x-amzn-Remapped-WWW-Authenticate`; `Transfer-Encoding` is dropped. */
export function remapHeaders(headers: readonly Header[]): Header[] {
  const remapped: Header[] = [];
  for (const header of headers) {
    const [name, value] = header;
    if (isRemapped(name)) remapped.push([`x-amzn-Remapped-${name}`, value]);
    else if (!isDropped(name)) remapped.push(header);
  }
  return remapped;
}
