import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Credentials } from '../../iam/credentials';
import { headerPairs } from '../../server/message';
import type { HttpRequest } from '../../server/request';
import { canonicalRequest, sha256 } from './sigv4/canonical-request';
import { ALGORITHM, type Claimed, claimedOf } from './sigv4/claimed';
import { queryParameters } from './sigv4/query-parameters';
import { SignatureError } from './sigv4/signature-error';

export interface SignatureScope {
  readonly region: string;
  readonly service: 'execute-api' | 'lambda';
  /** Whose access key it is; undefined when it is nobody's. */
  readonly credentialsOf: (accessKeyId: string) => Credentials | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const SKEW_MS = 5 * 60 * 1000;

/**
 * Verifies an AWS Signature Version 4.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @returns the access key that signed it
 * @throws SignatureError for every other request
 */
export function verifySignature(request: HttpRequest, scope: SignatureScope): string {
  const headers = headerPairs(request.rawHeaders);
  const query = queryParameters(request.rawQuery);
  const claimed = claimedOf(headers, query);
  const [accessKeyId = '', day = '', ...rest] = claimed.credential.split('/');
  const instant = parseDate(claimed.date);
  checkScope(claimed, [day, ...rest], scope);
  checkTime(claimed, instant, scope.now);
  const credentials = scope.credentialsOf(accessKeyId);
  // The operator's needs no token: it stands for a key that does not expire.
  const tokenFits = claimed.token === credentials?.sessionToken || claimed.token === undefined;
  const needsToken = !accessKeyId.startsWith('AKIA');
  if (!credentials || !tokenFits || (needsToken && claimed.token === undefined)) {
    throw new SignatureError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    );
  }
  const canonical = canonicalRequest(request, headers, query, claimed.signedHeaders);
  const text = [ALGORITHM, claimed.date, [day, ...rest].join('/'), sha256(canonical)].join('\n');
  const key = [day, ...rest].reduce<Buffer>(
    (secret, part) => hmac(secret, part),
    Buffer.from(`AWS4${credentials.secretAccessKey}`),
  );
  if (!isEqual(hmac(key, text).toString('hex'), claimed.signature)) {
    throw new SignatureError(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
  return accessKeyId;
}

function checkScope(
  { signedHeaders, date }: Claimed,
  scope: readonly string[],
  wanted: SignatureScope,
): void {
  const [day, region, service, end, ...more] = scope;
  const fail = (message: string) => new SignatureError('InvalidSignatureException', message);
  if (end !== 'aws4_request' || more.length > 0) {
    throw fail("Credential should be scoped with a valid terminator: 'aws4_request'.");
  }
  if (region !== wanted.region) throw fail(`Credential should be scoped to a valid region, not '${region}'.`);
  if (service !== wanted.service) {
    throw fail(`Credential should be scoped to correct service: '${wanted.service}'.`);
  }
  if (day !== date.slice(0, 8)) {
    throw fail(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${day}' != '${date.slice(0, 8)}', from '${date}'.`,
    );
  }
  if (!signedHeaders.includes('host'))
    throw fail("'Host' must be a 'SignedHeader' in the AWS Authorization.");
}

function checkTime({ date, expires }: Claimed, instant: number, now: number): void {
  const early = now + SKEW_MS;
  const late = now - (expires === undefined ? SKEW_MS : expires * 1000);
  const fail = (message: string) => new SignatureError('InvalidSignatureException', message);
  if (instant > early) {
    throw fail(
      `Signature not yet current: ${date} is still later than ${basic(early)} (${basic(now)} + 5 min.)`,
    );
  }
  if (instant < late) {
    throw fail(`Signature expired: ${date} is now earlier than ${basic(late)} (${basic(now)})`);
  }
}

function parseDate(date: string): number {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const [year, month, day, ...time] = parts;
  const instant = Date.parse(`${year}-${month}-${day}T${time.join(':')}Z`);
  if (!Number.isNaN(instant)) return instant;
  throw new SignatureError(
    'IncompleteSignatureException',
    `Date must be in ISO-8601 'basic format'. Got '${date}'.`,
  );
}

/** `20300101T000000Z` */
function basic(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, '');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
