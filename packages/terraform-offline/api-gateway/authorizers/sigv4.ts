import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Credentials } from '../../iam/credentials';
import type { HttpRequest } from '../../server/request';
import { type Header, headerPairs } from '../../server/message';

/** A signature that is refused, with AWS's name for why. */
export class SignatureError extends Error {
  constructor(
    readonly code:
      | 'IncompleteSignatureException'
      | 'InvalidSignatureException'
      | 'MissingAuthenticationTokenException'
      | 'UnrecognizedClientException',
    message: string,
  ) {
    super(message);
  }
}

export interface SignatureScope {
  readonly region: string;
  readonly service: 'execute-api' | 'lambda';
  /** Whose access key it is; undefined when it is nobody's. */
  readonly credentialsOf: (accessKeyId: string) => Credentials | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a request says of its signature, in headers or, presigned, in its query. */
interface Claimed {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20300101T000000Z` */
  readonly date: string;
  readonly token: string | undefined;
  /** How long it holds, in seconds. Undefined: as long as clocks may differ. */
  readonly expires: number | undefined;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const SKEW_MS = 5 * 60 * 1000;
const LONGEST_SECONDS = 7 * 24 * 60 * 60;

/**
 * Verifies an AWS Signature Version 4.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @returns the access key that signed it
 * @throws SignatureError for every other request
 */
export function verifySignature(request: HttpRequest, scope: SignatureScope): string {
  const headers = headerPairs(request.rawHeaders);
  const query = parameters(request.rawQuery);
  const authorization = valuesOf(headers, 'authorization');
  const claimed = authorization.length > 0 ? inHeaders(headers, authorization) : inQuery(query);
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

function inHeaders(headers: readonly Header[], authorization: readonly string[]): Claimed {
  const value = authorization.join(', ');
  const words = /^AWS4-HMAC-SHA256\s+(.*)$/s.exec(value)?.[1] ?? '';
  const named = new Map<string, string>();
  for (const word of words.split(',')) {
    const at = word.indexOf('=');
    const name = word.slice(0, at).trim();
    if (at < 0 || named.has(name)) continue;
    named.set(name, word.slice(at + 1).trim());
  }
  const [date] = once([...valuesOf(headers, 'x-amz-date')]);
  const parts = ['Credential', 'Signature', 'SignedHeaders'].map((name) => named.get(name) ?? '');
  const [credential = '', signature = '', signedHeaders = ''] = parts;
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((_, i) => parts[i] === '')
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (date === undefined) {
    missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  }
  if (missing.length > 0 || authorization.length > 1) {
    throw new SignatureError(
      'IncompleteSignatureException',
      missing.join(' ') || 'Authorization came twice.',
    );
  }
  return {
    credential,
    signature,
    signedHeaders: signedHeaders.split(';'),
    date: date!,
    token: once(valuesOf(headers, 'x-amz-security-token'))[0],
    expires: undefined,
  };
}

function inQuery(query: readonly Parameter[]): Claimed {
  const value = (name: string) => once(query.filter(([one]) => one === name).map(([, text]) => text))[0];
  if (value('X-Amz-Algorithm') === undefined) {
    throw new SignatureError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const names = ['X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-SignedHeaders', 'X-Amz-Date', 'X-Amz-Expires'];
  const missing = names.filter((name) => !value(name));
  const expires = Number(value('X-Amz-Expires'));
  if (value('X-Amz-Algorithm') !== ALGORITHM) missing.unshift('X-Amz-Algorithm');
  if (missing.length > 0 || !(expires >= 1 && expires <= LONGEST_SECONDS)) {
    throw new SignatureError(
      'IncompleteSignatureException',
      `AWS query-string parameters must include a valid ${missing[0] ?? 'X-Amz-Expires'}.`,
    );
  }
  return {
    credential: value('X-Amz-Credential')!,
    signature: value('X-Amz-Signature')!,
    signedHeaders: value('X-Amz-SignedHeaders')!.split(';'),
    date: value('X-Amz-Date')!,
    token: value('X-Amz-Security-Token'),
    expires,
  };
}

/** What comes twice is read one way here, and another elsewhere. */
function once(values: readonly string[]): readonly string[] {
  if (values.length < 2) return values;
  throw new SignatureError('IncompleteSignatureException', 'A part of the signature came twice.');
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

type Parameter = readonly [name: string, value: string];

/** Decoded, a plus sign as it is. */
function parameters(rawQuery: string): Parameter[] {
  if (rawQuery === '') return [];
  return rawQuery.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request */
function canonicalRequest(
  { method, prefix, rawPath, body }: HttpRequest,
  headers: readonly Header[],
  query: readonly Parameter[],
  signedHeaders: readonly string[],
): string {
  const pairs = query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]): Parameter => [encoded(name), encoded(value)])
    .sort(([a, v], [b, w]) => order(a, b) || order(v, w));
  const lines = signedHeaders.map((name) => {
    const values = valuesOf(headers, name).map((value) => value.trim().replace(/\s+/g, ' '));
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

function valuesOf(headers: readonly Header[], name: string): string[] {
  return headers.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
