import { randomBytes } from 'node:crypto';

/** What AWS sends as `x-amz-apigw-id` and `apigw-requestid`: `JKJaXmPLvHcESHA=`. */
export function extendedRequestId(): string {
  return `${randomBytes(12).toString('base64url').slice(0, 15)}=`;
}

/** X-Ray's: `Root=1-<seconds, 8 hex digits>-<24 hex digits>`. */
export function traceId(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`;
}
