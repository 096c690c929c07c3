import { headerValue } from '../headers';
import { mediaType } from '../media-type';
import type { HttpCall } from './http-call';

/**
 * The media types whose bodies come as text; all others, forms and a missing type included, come as base64. Observed:
 * https://github.com/ministackorg/ministack/pull/766
 */
const TEXT = /^(text\/.*|application\/(json|xml|javascript))$/;

/** The body as payloads 1.0 and 2.0 carry it; undefined when there is none. */
export function eventBody(call: HttpCall) {
  const { request } = call;
  const isText = isTextBody(call);
  if (request.body.length === 0) return { body: undefined, isBase64Encoded: false };
  return { body: request.body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

export function isTextBody({ headers }: Pick<HttpCall, 'headers'>): boolean {
  return TEXT.test(mediaType(headerValue(headers, 'content-type') ?? ''));
}
