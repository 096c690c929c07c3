import { isUtf8 } from 'node:buffer';
import { type Header, headerValue, matchesMediaType, mediaType } from '../../server/message';
import type { ContentHandling } from '../../terraform/model/rest-api';
import type { RestCall } from './call';
import { GatewayError } from './errors';

/**
 * The body as an integration is handed it: bytes where it is binary, else text.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 * @throws GatewayError when text that should become binary is no base64
 */
export function requestPayload(
  call: RestCall,
  contentHandling: ContentHandling | undefined,
  log: (line: string) => void,
): Buffer | string {
  const isBinary = isBinaryType(call, call.contentType);
  switch (contentHandling) {
    case 'CONVERT_TO_BINARY':
      return isBinary ? call.body : decoded(call.text, log);
    case 'CONVERT_TO_TEXT':
      return isBinary ? call.body.toString('base64') : call.text;
    case undefined:
      return isBinary ? call.body : call.text;
  }
}

/** What an integration answered. */
export interface Payload {
  /** A function's payload, or what an endpoint sent. */
  readonly body: Buffer | string;
  readonly headers: readonly Header[];
}

/**
 * The body as the client is handed it, likewise; where the integration response says nothing, what the client accepts first
 * decides.
 * @throws GatewayError when text that should become binary is no base64
 */
export function responsePayload(
  call: RestCall,
  { body, headers }: Payload,
  contentHandling: ContentHandling | undefined,
  log: (line: string) => void,
): Buffer | string {
  const wanted = contentHandling ?? (acceptsBinary(call) ? 'CONVERT_TO_BINARY' : 'CONVERT_TO_TEXT');
  if (isBinaryType(call, mediaType(headerValue(headers, 'content-type') ?? ''))) {
    return wanted === 'CONVERT_TO_BINARY' ? body : Buffer.from(body).toString('base64');
  }
  const text = textOf(body, log);
  return wanted === 'CONVERT_TO_BINARY' ? decoded(text, log) : text;
}

/** Whether the first type that the client accepts is one of the API's binary media types. */
export function acceptsBinary(call: RestCall): boolean {
  const [first = ''] = (call.header('accept') ?? 'application/json').split(',', 1);
  return isBinaryType(call, mediaType(first));
}

/** A body of no binary media type: API Gateway takes it for text. */
export function textOf(body: Buffer | string, log: (line: string) => void): string {
  if (typeof body === 'string') return body;
  if (!isUtf8(body)) {
    log(
      'the answer is not UTF-8, and its type is none of the binary_media_types: the client gets U+FFFD in place of what is none',
    );
  }
  return body.toString();
}

export function isBinaryType({ api }: RestCall, type: string): boolean {
  return api.binaryMediaTypes.length > 0 && matchesMediaType(type, api.binaryMediaTypes);
}

/** A function's text comes as JSON, in quotes. */
function decoded(text: string, log: (line: string) => void): Buffer {
  const base64 = text.replace(/^"(.*)"$/s, '$1');
  if (/[^\w+/=\s-]/.test(base64)) {
    log(`Unable to base64 decode the body: ${text.slice(0, 200)}`);
    throw new GatewayError('configuration');
  }
  return Buffer.from(base64, 'base64');
}
