import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../../../packages/terraform-offline/iam/credentials';
import type { HttpRequest } from '../../../../../packages/terraform-offline/server/request';

/** What the AWS SDK hashes with. */
class Sha256 {
  private readonly hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }
  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.hash.update(bytes(data));
  }
  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.hash.digest());
  }
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    : Buffer.from(data);
}

export interface Unsigned {
  readonly method?: string;
  /** As it is sent, encoded. */
  readonly path?: string;
  readonly query?: Record<string, string | string[]>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export interface Signing {
  readonly credentials: Credentials;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly service?: string;
  readonly region?: string;
  /** Seconds that a presigned one holds. Default: the signature is in the headers. */
  readonly expiresIn?: number;
}

/** A request as the AWS SDK's own signer signs it, and as it comes off the wire. */
export async function signed(unsigned: Unsigned, signing: Signing): Promise<HttpRequest> {
  const { method = 'GET', path = '/items', query = {}, headers = {}, body = '' } = unsigned;
  const { credentials, at, service = 'execute-api', region = 'us-east-1', expiresIn } = signing;
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const request = {
    method,
    protocol: 'https:',
    hostname: 'localhost',
    path,
    query,
    headers: { host: 'localhost:3000', ...headers },
    ...(body !== '' && { body }),
  };
  const signingDate = new Date(at);
  const sent =
    expiresIn === undefined
      ? await signer.sign(request, { signingDate })
      : await signer.presign(request, { signingDate, expiresIn });
  return {
    method,
    prefix: '',
    rawPath: path,
    rawQuery: Object.entries(sent.query ?? {})
      .flatMap(([name, values]) => [values ?? []].flat().map((value) => `${encode(name)}=${encode(value)}`))
      .join('&'),
    rawHeaders: Object.entries(sent.headers).flat(),
    body: Buffer.from(body),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  };
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
