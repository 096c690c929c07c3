import { createHash } from 'node:crypto';
import { type Header, headerValues } from '../../../server/message';
import type { HttpRequest } from '../../../server/request';
import type { QueryParameter } from './query-parameters';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request */
export function canonicalRequest(
  { method, prefix, rawPath, body }: HttpRequest,
  headers: readonly Header[],
  query: readonly QueryParameter[],
  signedHeaders: readonly string[],
): string {
  const pairs = query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]): QueryParameter => [encoded(name), encoded(value)])
    .sort(([a, v], [b, w]) => order(a, b) || order(v, w));
  const lines = signedHeaders.map((name) => {
    const values = headerValues(headers, name).map((value) => value.trim().replace(/\s+/g, ' '));
    return `${name}:${values.join(',')}\n`;
  });
  return [
    method,
    canonicalPath(prefix + rawPath),
    pairs.map(([name, value]) => `${name}=${value}`).join('&'),
    lines.join(''),
    signedHeaders.join(';'),
    sha256(body),
  ].join('\n');
}

/** Encoded once more than it was sent, without segments that stand for others. */
function canonicalPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(encoded(segment));
  }
  return `/${segments.join('/')}${segments.length > 0 && path.endsWith('/') ? '/' : ''}`;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
