import { verifySignature } from '../../../../../packages/terraform-offline/api-gateway/authorizers/sigv4';
import { SignatureError } from '../../../../../packages/terraform-offline/api-gateway/authorizers/sigv4/signature-error';
import { credentialsFor } from '../../../../../packages/terraform-offline/iam/credentials';
import type { HttpRequest } from '../../../../../packages/terraform-offline/server/request';
import { Random } from '../../../dynamodb-offline/evaluation/random';
import { NOW } from './tokens';
import { signed, type Signing, type Unsigned } from './signing';

const credentials = credentialsFor({ arn: 'arn:aws:iam::000000000000:role/reader' });
const signing: Signing = { credentials, at: NOW };
const presigning: Signing = { ...signing, expiresIn: 300 };

/** The access key, or the name of the error. */
function verify(request: HttpRequest, now = NOW): string {
  try {
    return verifySignature(request, {
      region: 'us-east-1',
      service: 'execute-api',
      credentialsOf: (id) => (id === credentials.accessKeyId ? credentials : undefined),
      now,
    });
  } catch (error) {
    if (error instanceof SignatureError) return error.code;
    throw error;
  }
}

const post: Unsigned = {
  method: 'POST',
  path: '/prod/items/a%20b',
  query: { b: ['2', '1'], a: 'x y+z=&é*' },
  headers: { 'x-amz-meta': '  two   words ', 'content-type': 'application/json' },
  body: '{"a":1}',
};

describe('what the AWS SDK signs is taken', () => {
  it.each<[what: string, unsigned: Unsigned]>([
    ['a GET', {}],
    ['a POST with everything', post],
    ['the root', { path: '/' }],
    ['a slash at the end', { path: '/items/' }],
    ['what is encoded twice', { path: '/items/a%252Fb' }],
    ['signs that RFC 3986 reserves', { path: "/items/(a)!*'", query: { "q'": '(b)!*' } }],
    ['an empty parameter', { query: { flag: '' } }],
  ])('%s, in headers and presigned', async (_, unsigned) => {
    expect(verify(await signed(unsigned, signing))).toBe(credentials.accessKeyId);
    expect(verify(await signed(unsigned, presigning))).toBe(credentials.accessKeyId);
  });

  it('whatever the path, the query and the body', async () => {
    const random = new Random(24);
    const text = () => random.list(6, () => random.of([..."ab/.-_~ +%&=é漢*'()"])).join('');
    for (let i = 0; i < 200; i++) {
      const unsigned = {
        method: random.of(['GET', 'PUT']),
        path: `/${random.list(3, () => encodeURIComponent(text()) || 'x').join('/')}`,
        query: Object.fromEntries(random.list(3, () => [`q${text()}`, random.list(2, text)])),
        body: text(),
      };
      for (const how of [signing, presigning]) {
        const request = await signed(unsigned, how);
        expect([unsigned, verify(request)]).toEqual([unsigned, credentials.accessKeyId]);
      }
    }
  });
});

const withHeader = (request: HttpRequest, name: string, change: (value: string) => string) => {
  const rawHeaders = [...request.rawHeaders];
  const at = rawHeaders.findIndex((one, i) => i % 2 === 0 && one.toLowerCase() === name);
  return { ...request, rawHeaders: rawHeaders.with(at + 1, change(rawHeaders[at + 1]!)) };
};

describe('what was altered is refused', () => {
  it.each<[what: string, change: (request: HttpRequest) => HttpRequest]>([
    ['the method', (one) => ({ ...one, method: 'PUT' })],
    ['the path', (one) => ({ ...one, rawPath: '/prod/items/a%20c' })],
    ['the prefix', (one) => ({ ...one, prefix: '/other' })],
    ['the query', (one) => ({ ...one, rawQuery: one.rawQuery.replace('b=2', 'b=3') })],
    ['one more parameter', (one) => ({ ...one, rawQuery: `${one.rawQuery}&c=1` })],
    ['one parameter less', (one) => ({ ...one, rawQuery: one.rawQuery.replace('b=2&', '') })],
    ['the body', (one) => ({ ...one, body: Buffer.from('{"a":2}') })],
    ['the host', (one) => withHeader(one, 'host', () => 'elsewhere:3000')],
  ])('%s', async (_, change) => {
    for (const how of [signing, presigning]) {
      expect(verify(change(await signed(post, how)))).toBe('InvalidSignatureException');
    }
  });

  it.each<[what: string, change: (request: HttpRequest) => HttpRequest]>([
    ['a signed header', (one) => withHeader(one, 'x-amz-meta', () => 'one word')],
    ['the same header again', (one) => ({ ...one, rawHeaders: [...one.rawHeaders, 'X-Amz-Meta', 'x'] })],
  ])('%s', async (_, change) => {
    expect(verify(change(await signed(post, signing)))).toBe('InvalidSignatureException');
  });

  it('any bit of the signature', async () => {
    const request = await signed(post, signing);
    const [, signature = ''] = /Signature=([0-9a-f]{64})/.exec(request.rawHeaders.join()) ?? [];
    const bytes = Buffer.from(signature, 'hex');
    const outcomes = new Set<string>();
    for (let bit = 0; bit < 256; bit++) {
      const altered = Buffer.from(bytes);
      altered[bit >> 3]! ^= 1 << (bit & 7);
      const changed = (value: string) => value.replace(signature, altered.toString('hex'));
      outcomes.add(verify(withHeader(request, 'authorization', changed)));
    }
    expect([...outcomes]).toEqual(['InvalidSignatureException']);
    for (const other of ['', signature.slice(2), `${signature}00`, signature.toUpperCase()]) {
      const changed = (value: string) => value.replace(signature, other);
      expect(verify(withHeader(request, 'authorization', changed))).toMatch(/^I/);
    }
  });

  it.each<[what: string, from: string | RegExp, to: string]>([
    ['the region', 'us-east-1', 'eu-west-1'],
    ['the service', 'execute-api', 's3'],
    ['the day', '20300101/', '20300102/'],
    ['the terminator', 'aws4_request', 'aws5_request'],
    ['what is signed', 'host;', ''],
    ['the algorithm', 'AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA1'],
    ['the access key', /Credential=[A-Z0-9]+/, 'Credential=ASIAAAAAAAAAAAAAAAAA'],
  ])('%s', async (_, from, to) => {
    const request = await signed(post, signing);
    const changed = withHeader(request, 'authorization', (value) => value.replace(from, to));
    expect(verify(changed)).toMatch(/Exception$/);
  });

  it('the session token, or none', async () => {
    const request = await signed(post, signing);
    const other = withHeader(request, 'x-amz-security-token', (token) => token.slice(1));
    expect(verify(other)).toBe('UnrecognizedClientException');
    const without = await signed(post, { ...signing, credentials: { ...credentials, sessionToken: '' } });
    expect(verify(without)).toMatch(/Exception$/);
  });

  it('what comes twice', async () => {
    const request = await signed(post, signing);
    for (const name of ['authorization', 'x-amz-date', 'x-amz-security-token']) {
      const at = request.rawHeaders.findIndex((one) => one === name);
      const twice = [...request.rawHeaders, name, request.rawHeaders[at + 1]!];
      expect([name, verify({ ...request, rawHeaders: twice })]).toEqual([
        name,
        'IncompleteSignatureException',
      ]);
    }
    const presigned = await signed(post, presigning);
    for (const name of ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature']) {
      const pair = new RegExp(`X-Amz-${name}=[^&]*`).exec(presigned.rawQuery)![0];
      const twice = { ...presigned, rawQuery: `${presigned.rawQuery}&${pair}` };
      expect([name, verify(twice)]).toEqual([name, 'IncompleteSignatureException']);
    }
  });
});

describe('a signature has its time', () => {
  const minutes = 60_000;

  it('of five minutes on either side', async () => {
    const request = await signed(post, signing);
    const { accessKeyId } = credentials;
    for (const [now, outcome] of [
      [NOW - 5 * minutes, accessKeyId],
      [NOW + 5 * minutes, accessKeyId],
      [NOW - 5 * minutes - 1, 'InvalidSignatureException'],
      [NOW + 5 * minutes + 1, 'InvalidSignatureException'],
    ] as const) {
      expect([now, verify(request, now)]).toEqual([now, outcome]);
    }
  });

  it('of its own, where it was presigned', async () => {
    const request = await signed(post, { ...presigning, expiresIn: 3600 });
    expect(verify(request, NOW + 60 * minutes)).toBe(credentials.accessKeyId);
    expect(verify(request, NOW + 60 * minutes + 1)).toBe('InvalidSignatureException');
    const longer = { ...request, rawQuery: request.rawQuery.replace('Expires=3600', 'Expires=7200') };
    expect(verify(longer)).toBe('InvalidSignatureException');
    const tooLong = { ...request, rawQuery: request.rawQuery.replace('Expires=3600', 'Expires=604801') };
    expect(verify(tooLong)).toBe('IncompleteSignatureException');
  });
});

it.each<[what: string, rawHeaders: string[], code: string]>([
  ['nothing', [], 'MissingAuthenticationTokenException'],
  ['a token', ['Authorization', 'Bearer abc'], 'IncompleteSignatureException'],
  ['an empty header', ['Authorization', ''], 'IncompleteSignatureException'],
  ['half a signature', ['Authorization', 'AWS4-HMAC-SHA256 Credential=a/b'], 'IncompleteSignatureException'],
])('refuses %s', async (_, rawHeaders, code) => {
  expect(verify({ ...(await signed({}, signing)), rawHeaders })).toBe(code);
});
