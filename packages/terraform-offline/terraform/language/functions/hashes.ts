import { constants, createHash, privateDecrypt } from 'node:crypto';
import { fn, type Functions } from './signature';

export const hashes: Functions = {
  base64sha256: fn(['text'], ([text]) => digest('sha256', text, 'base64')),
  base64sha512: fn(['text'], ([text]) => digest('sha512', text, 'base64')),
  md5: fn(['text'], ([text]) => digest('md5', text, 'hex')),
  rsadecrypt: fn(['text', 'text'], ([text, key]) =>
    privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(text, 'base64')).toString(
      'utf8',
    ),
  ),
  sha1: fn(['text'], ([text]) => digest('sha1', text, 'hex')),
  sha256: fn(['text'], ([text]) => digest('sha256', text, 'hex')),
  sha512: fn(['text'], ([text]) => digest('sha512', text, 'hex')),
  // A new one at every call in Terraform; here one for each place, the same at every start.
  uuid: fn([], (_, { seed }) => uuidFrom(createHash('sha256').update(seed).digest(), 4)),
  uuidv5: fn(['text', 'text'], ([namespace, name]) => {
    const space = Buffer.from((NAMESPACES[namespace] ?? namespace).replaceAll('-', ''), 'hex');
    if (space.length !== 16) throw new Error(`${namespace} is no namespace: dns, url, oid, x500 or a UUID`);
    return uuidFrom(createHash('sha1').update(space).update(name).digest(), 5);
  }),
};

/** https://www.rfc-editor.org/rfc/rfc9562#section-6.6 */
const NAMESPACES: Readonly<Record<string, string>> = {
  dns: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
  url: '6ba7b811-9dad-11d1-80b4-00c04fd430c8',
  oid: '6ba7b812-9dad-11d1-80b4-00c04fd430c8',
  x500: '6ba7b814-9dad-11d1-80b4-00c04fd430c8',
};

export function digest(algorithm: string, data: string | Buffer, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(data).digest(encoding);
}

/** @param hash 16 bytes or more */
export function uuidFrom(hash: Buffer, version: number): string {
  const bytes = Buffer.from(hash.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
