import { randomUUID } from 'node:crypto';
import { headerValue, type Header } from './headers';

/** What AWS sends as `x-amz-apigw-id` and `apigw-requestid`: 15 characters of base64 and `=`. */
export function extendedRequestId(): string {
  return `${randomHex().slice(0, 15)}=`;
}

/** The client's trace, or a new one: `Root=1-<seconds, 8 hex digits>-<24 hex digits>`. */
export function traceId(headers: readonly Header[], now: Date): string {
  const sent = headerValue(headers, 'x-amzn-trace-id');
  if (sent !== undefined) return sent;
  const seconds = Math.floor(now.getTime() / 1000).toString(16);
  return `Root=1-${seconds}-${randomHex()}`;
}

/** 24 digits; randomUUID draws its entropy in advance, which is several times faster than randomBytes. */
function randomHex(): string {
  const uuid = randomUUID();
  return `${uuid.slice(0, 8)}${uuid.slice(9, 13)}${uuid.slice(24)}`;
}
