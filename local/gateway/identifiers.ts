import { randomBytes } from 'node:crypto';
import { headerValue, type Header } from './headers';

/** What AWS sends as `x-amz-apigw-id` and `apigw-requestid`: `JKJaXmPLvHcESHA=`. */
export function extendedRequestId(): string {
  return `${randomBytes(12).toString('base64url').slice(0, 15)}=`;
}

/** The client's trace, or a new one: `Root=1-<seconds, 8 hex digits>-<24 hex digits>`. */
export function traceId(headers: readonly Header[], now: Date): string {
  const sent = headerValue(headers, 'x-amzn-trace-id');
  if (sent !== undefined) return sent;
  const seconds = Math.floor(now.getTime() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}
