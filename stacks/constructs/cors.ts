/**
 * What pages of the environment's origin may send and read, in either kind of API. Methods and answers' headers need no
 * list without credentials of the browser's own; request headers do, since `*` leaves `Authorization` out.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Allow-Headers
 */
export const CORS = {
  allowMethods: ['*'],
  allowHeaders: [
    'authorization',
    'content-type',
    'idempotency-key',
    'if-match',
    'if-none-match',
    'x-amz-content-sha256',
    'x-amz-date',
    'x-amz-security-token',
    'x-api-key',
  ],
  exposeHeaders: ['*'],
} as const;

/** The headers by which a page of the origin may read an answer. */
export function corsHeaders({ allowOrigin }: { readonly allowOrigin: string }): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': allowOrigin,
    'Access-Control-Expose-Headers': CORS.exposeHeaders.join(','),
  };
}
