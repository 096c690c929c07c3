import { randomBytes } from 'node:crypto';

/** What AWS sends as `x-amz-apigw-id` and `apigw-requestid`: 15 characters of base64 and `=`. */
export function extendedRequestId(): string {
  return `${randomHex(15)}=`;
}

/** `Root=1-<seconds, 8 hex digits>-<24 hex digits>` */
export function newTraceId(now: number): string {
  return `Root=1-${Math.floor(now / 1000).toString(16)}-${randomHex(24)}`;
}

/** Drawn for hundreds of requests at a time: a draw costs as much as handling one. */
let digits = '';
let used = 0;

function randomHex(length: number): string {
  if (used + length > digits.length) {
    digits = randomBytes(4096).toString('hex');
    used = 0;
  }
  used += length;
  return digits.slice(used - length, used);
}

/** Common Log Format in UTC: `12/Mar/2020:19:03:58 +0000`. */
export function requestTime(date: Date): string {
  // Thu, 12 Mar 2020 19:03:58 GMT
  const text = date.toUTCString();
  return `${text.slice(5, 7)}/${text.slice(8, 11)}/${text.slice(12, 16)}:${text.slice(17, 25)} +0000`;
}
