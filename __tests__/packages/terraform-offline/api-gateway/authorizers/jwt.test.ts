import { createHmac } from 'node:crypto';
import { SignJWT } from 'jose';
import {
  TokenError,
  verifyJwt,
  verifyToken,
} from '../../../../../packages/terraform-offline/api-gateway/authorizers/jwt';
import type { JwtAuthorizer } from '../../../../../packages/terraform-offline/terraform/model/authorizer';
import { encoded, issuer, NOW, seconds, signer, type Signer } from './tokens';

let one: Signer;
beforeAll(async () => (one = await signer()));

const authorizer: JwtAuthorizer = {
  kind: 'jwt',
  address: 'test: aws_apigatewayv2_authorizer.users',
  identitySource: { from: 'header', name: 'Authorization' },
  issuer,
  audience: ['app', 'other-app'],
  scopes: [],
};
const verify = (token: string, more: Partial<JwtAuthorizer> = {}, now = NOW) =>
  verifyJwt(token, { ...authorizer, ...more }, one.keys, now);
const signature = (token: string) =>
  verifyToken(token, { issuers: [issuer], keys: one.keys, now: NOW }).then(
    () => 'taken',
    (error: unknown) => (error instanceof TokenError ? 'refused' : error),
  );

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
describe('a token is taken when key, issuer, audience and times are right', () => {
  it('with and without Bearer', async () => {
    const token = await one.sign({ sub: 'ann' });
    for (const identity of [token, `Bearer ${token}`, `bearer ${token}`]) {
      expect((await verify(identity)).claims.sub).toBe('ann');
    }
  });

  it.each<[what: string, claims: Record<string, unknown>, reason: string | undefined]>([
    ['another issuer', { iss: 'https://issuer.example' }, 'the token does not have a valid iss'],
    ['another audience', { aud: 'elsewhere' }, 'the token does not have a valid audience'],
    ['one of the audiences', { aud: ['x', 'other-app'] }, undefined],
    ['no audience', { aud: undefined }, 'the token does not have a valid audience'],
    ['a client in place of an audience', { aud: undefined, client_id: 'app' }, undefined],
    [
      'a client beside another audience',
      { aud: 'x', client_id: 'app' },
      'the token does not have a valid audience',
    ],
    ['an end that is now', { exp: seconds }, 'the token has expired'],
    ['no end', { exp: undefined }, 'the token does not have a valid exp'],
    ['an end in words', { exp: '2999' }, 'the token does not have a valid exp'],
    ['a beginning later on', { nbf: seconds + 1 }, 'the token does not have a valid nbf'],
    ['a beginning now', { nbf: seconds }, undefined],
    ['an issue later on', { iat: seconds + 1 }, 'the token was issued in the future'],
  ])('%s', async (_, claims, reason) => {
    const verified = verify(await one.sign(claims));
    if (reason === undefined) await expect(verified).resolves.toBeDefined();
    else await expect(verified).rejects.toThrow(new TokenError(reason));
  });

  it('needs one of the route’s scopes, in scope or scp', async () => {
    const scopes = ['read', 'write'];
    for (const claims of [{ scope: 'email read' }, { scp: ['write'] }, { scp: 'write' }]) {
      await expect(verify(await one.sign(claims), { scopes })).resolves.toBeDefined();
    }
    for (const claims of [{}, { scope: 'reader' }, { scope: '' }, { scope: { read: true } }]) {
      await expect(verify(await one.sign(claims), { scopes })).rejects.toMatchObject({
        code: 'insufficient_scope',
      });
    }
  });
});

it('shows claims as API Gateway writes them into events', async () => {
  const token = await one.sign({
    iat: seconds,
    email_verified: true,
    'cognito:groups': ['admins', 'staff'],
    address: { town: 'Bern', code: 3000 },
    scope: 'read write',
  });
  expect(await verify(token, { scopes: ['read'] })).toEqual({
    claims: {
      iss: issuer,
      aud: 'app',
      exp: String(seconds + 60),
      iat: String(seconds),
      email_verified: 'true',
      'cognito:groups': '[admins staff]',
      address: 'map[code:3000 town:Bern]',
      scope: 'read write',
    },
    scopes: ['read', 'write'],
  });
  expect((await verify(token)).scopes).toBeNull();
});

describe('what was altered is refused', () => {
  it.each(['header', 'payload', 'signature'])('in any bit of the %s', async (part) => {
    const token = await one.sign({ sub: 'ann' });
    expect(await signature(token)).toBe('taken');
    const at = ['header', 'payload', 'signature'].indexOf(part);
    const parts = token.split('.');
    const bytes = Buffer.from(parts[at]!, 'base64url');
    const outcomes = new Set<unknown>();
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = Buffer.from(bytes);
      altered[bit >> 3]! ^= 1 << (bit & 7);
      outcomes.add(await signature(parts.with(at, altered.toString('base64url')).join('.')));
    }
    expect([...outcomes]).toEqual(['refused']);
  });

  it.each(['header', 'payload'])('in the encoding of the %s, though it is the same decoded', async (part) => {
    const token = await one.sign({ sub: '?>?>?>~~~' }, { typ: '?>?>' });
    expect(await signature(token)).toBe('taken');
    const at = ['header', 'payload'].indexOf(part);
    const parts = token.split('.');
    const text = parts[at]!;
    const bytes = Buffer.from(text, 'base64url');
    const json = JSON.stringify(JSON.parse(bytes.toString()), undefined, 1);
    for (const other of [
      `${text}=`,
      `${text} `,
      ` ${text}`,
      bytes.toString('base64'),
      bytes.toString('hex'),
      encodeURIComponent(bytes.toString('base64')),
      Buffer.from(json).toString('base64url'),
      Buffer.from(`\ufeff${bytes.toString()}`).toString('base64url'),
    ].filter((one) => one !== text)) {
      expect([other, await signature(parts.with(at, other).join('.'))]).toEqual([other, 'refused']);
    }
  });

  it('by a member that comes twice, of which one was signed', async () => {
    const [header, payload, signed] = (await one.sign({ sub: 'ann' })).split('.') as [string, string, string];
    const twice = (part: string, more: string) =>
      Buffer.from(Buffer.from(part, 'base64url').toString().replace('{', `{${more},`)).toString('base64url');
    expect(await signature(`${header}.${twice(payload, '"sub":"eve"')}.${signed}`)).toBe('refused');
    expect(await signature(`${twice(header, '"alg":"none"')}.${payload}.${signed}`)).toBe('refused');
  });

  it('in its number of parts, or without one of them', async () => {
    const [header, payload, signed] = (await one.sign()).split('.') as [string, string, string];
    for (const token of [
      '',
      'rubbish',
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${header}.${payload}.${signed}.`,
      `.${payload}.${signed}`,
      `${header}..${signed}`,
      `${header}.${payload}.${signed},${header}.${payload}.${signed}`,
    ]) {
      expect([token, await signature(token)]).toEqual([token, 'refused']);
    }
  });
});

describe('the algorithm is not the sender’s choice', () => {
  it.each(['none', 'None', 'NONE', 'nOnE', ''])('%j', async (alg) => {
    const claims = { iss: issuer, aud: 'app', exp: seconds + 60 };
    const [header, payload] = [encoded({ alg, kid: 'one' }), encoded(claims)];
    const [, , signed] = (await one.sign(claims)).split('.');
    expect(await signature(`${header}.${payload}.`)).toBe('refused');
    expect(await signature(`${header}.${payload}.${signed}`)).toBe('refused');
  });

  it.each(['HS256', 'HS384', 'HS512'])('%s with the public key for its secret', async (alg) => {
    const header = encoded({ alg, kid: 'one' });
    const payload = encoded({ iss: issuer, aud: 'app', exp: seconds + 60 });
    const hash = alg.replace('HS', 'sha');
    for (const secret of [one.pem, one.pem.trim(), one.pem.replace(/-----.*-----|\n/g, '')]) {
      const signed = createHmac(hash, secret).update(`${header}.${payload}`).digest('base64url');
      expect(await signature(`${header}.${payload}.${signed}`)).toBe('refused');
    }
  });

  it('nor is the key: one that comes with the token counts for nothing', async () => {
    const other = await signer();
    const forged = await other.sign({}, { kid: 'one' });
    expect(await signature(forged)).toBe('refused');
    expect(await signature(await other.sign({}, { kid: 'two' }))).toBe('refused');
    expect(await signature(await one.sign({}, { kid: undefined }))).toBe('refused');
    expect(await signature(await one.sign({}, { kid: '' }))).toBe('refused');
  });

  it('a secret shared with nobody neither', async () => {
    const token = await new SignJWT({ iss: issuer, aud: 'app', exp: seconds + 60 })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .sign(Buffer.alloc(32));
    expect(await signature(token)).toBe('refused');
  });
});
