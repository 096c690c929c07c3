import type { HttpResponse, PageResponse } from '../server/request';

/** Scripts, styles and requests of this server only; nothing leaves the machine. Swagger UI's icons are data URLs. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS: HttpResponse['headers'] = [
  ['Content-Security-Policy', CONTENT_SECURITY_POLICY],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Referrer-Policy', 'no-referrer'],
  ['X-Content-Type-Options', 'nosniff'],
];

/** @param headers besides those that every answer of the page has */
export function respond(
  status: number,
  mediaType: string,
  body: PageResponse['body'],
  headers: HttpResponse['headers'] = [],
): PageResponse {
  return { status, headers: [...HEADERS, ['Content-Type', mediaType], ...headers], body };
}

export function text(status: number, message: string, headers?: HttpResponse['headers']): PageResponse {
  return respond(status, 'text/plain; charset=utf-8', `${message}\n`, headers);
}
