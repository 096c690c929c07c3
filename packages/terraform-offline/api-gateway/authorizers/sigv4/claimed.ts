import { type Header, headerValues } from '../../../server/message';
import type { QueryParameter } from './query-parameters';
import { SignatureError } from './signature-error';

/** What a request says of its signature, in headers or, presigned, in its query. */
export interface Claimed {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20300101T000000Z` */
  readonly date: string;
  readonly token: string | undefined;
  /** How long it holds, in seconds. Undefined: as long as clocks may differ. */
  readonly expires: number | undefined;
}

export const ALGORITHM = 'AWS4-HMAC-SHA256';
const LONGEST_SECONDS = 7 * 24 * 60 * 60;

/** @throws SignatureError when there is no signature, or not all of one */
export function claimedOf(headers: readonly Header[], query: readonly QueryParameter[]): Claimed {
  const authorization = headerValues(headers, 'authorization');
  return authorization.length > 0 ? inHeaders(headers, authorization) : inQuery(query);
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
  const [date] = once([...headerValues(headers, 'x-amz-date')]);
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
    token: once(headerValues(headers, 'x-amz-security-token'))[0],
    expires: undefined,
  };
}

function inQuery(query: readonly QueryParameter[]): Claimed {
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
