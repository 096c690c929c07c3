import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type KeyLike, SignJWT } from 'jose';
import {
  issuerKeys,
  IssuerUnreachable,
} from '../../../../../packages/terraform-offline/api-gateway/authorizers/issuers';
import {
  TokenError,
  verifyToken,
} from '../../../../../packages/terraform-offline/api-gateway/authorizers/jwt';
import {
  type LocalIssuer,
  openLocalIssuer,
  storedIssuer,
} from '../../../../../packages/terraform-offline/api-gateway/authorizers/local-issuer';

/** An issuer that can be reached, with what it answers and what it was asked for. */
let issuer: Server;
let url: string;
let asked: string[];
let keySet: JSONWebKeySet;
let privateKey: KeyLike;
let local: LocalIssuer;
const clock = { now: 0 };

beforeAll(async () => {
  const pair = await generateKeyPair('RS256');
  privateKey = pair.privateKey;
  keySet = { keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'theirs' }] };
  local = await openLocalIssuer(undefined);
  issuer = createServer(({ url: target = '' }, response) => {
    asked.push(target);
    if (target === '/realm/.well-known/openid-configuration') {
      response.end(JSON.stringify({ issuer: `${url}/realm`, jwks_uri: `${url}/keys` }));
    } else if (target === '/keys') response.end(JSON.stringify(keySet));
    else if (target === '/keyless/.well-known/openid-configuration') response.end('{}');
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
  clock.now = 0;
});
afterAll(() => issuer.close());

function keysOf(more: { local?: string; jwks?: Record<string, JSONWebKeySet> } = {}) {
  return issuerKeys({
    localIssuer: () => Promise.resolve(local),
    isLocal: (name) => name === more.local,
    jwks: more.jwks ?? {},
    now: () => clock.now,
  });
}

const exp = Math.floor(Date.now() / 1000) + 600;
const theirs = (iss: string) =>
  new SignJWT({ iss, exp }).setProtectedHeader({ alg: 'RS256', kid: 'theirs' }).sign(privateKey);
const outcome = async (name: string, token: string, keys = keysOf()) =>
  verifyToken(token, { issuers: [name], keys: keys(name), now: Date.now() }).then(
    () => 'taken',
    (error: unknown) => {
      if (error instanceof TokenError) return 'refused';
      if (error instanceof IssuerUnreachable) return error.message;
      throw error;
    },
  );

describe('an issuer that can be reached', () => {
  it('is asked for its keys once', async () => {
    const name = `${url}/realm`;
    const keys = keysOf();
    expect(await outcome(name, await theirs(name), keys)).toBe('taken');
    expect(await outcome(name, await theirs(name), keys)).toBe('taken');
    expect(asked).toEqual(['/realm/.well-known/openid-configuration', '/keys']);
  });

  it('decides alone: a token of the local issuer is none of its', async () => {
    const name = `${url}/realm`;
    expect(await outcome(name, await local.sign({ iss: name }))).toBe('refused');
  });
});

describe('an issuer that cannot be reached', () => {
  it.each([
    ['/none', 'answered 404'],
    ['/keyless', 'names no jwks_uri'],
  ])('%s leaves tokens undecided, but for those of the local issuer', async (realm, reason) => {
    const name = url + realm;
    expect(await outcome(name, await theirs(name))).toContain(reason);
    expect(await outcome(name, await theirs(name))).toContain(`--jwks ${name}=FILE`);
    expect(await outcome(name, await local.sign({ iss: name }))).toBe('taken');
    expect(await outcome(name, await local.sign({ iss: 'https://elsewhere.example' }))).toBe('refused');
  });

  it('is not asked again at once', async () => {
    const name = `${url}/none`;
    const keys = keysOf();
    for (const now of [0, 29_999, 30_000]) {
      clock.now = now;
      await outcome(name, await theirs(name), keys);
    }
    expect(asked).toHaveLength(2);
  });

  it('is not asked over a network that others may write to', async () => {
    const name = 'http://issuer.example';
    expect(await outcome(name, await theirs(name))).toContain('is no https address');
  });

  it('does not keep rubbish from being refused', async () => {
    expect(await outcome(`${url}/none`, 'rubbish')).toBe('refused');
    expect(asked).toEqual([]);
  });
});

it('takes tokens of the local issuer for those of a pool in the configuration, and asks nobody', async () => {
  const name = `${url}/realm`;
  const keys = keysOf({ local: name });
  expect(await outcome(name, await local.sign({ iss: name }), keys)).toBe('taken');
  expect(await outcome(name, await theirs(name), keys)).toBe('refused');
  expect(asked).toEqual([]);
});

it('takes keys that are given for the issuer’s, and asks nobody', async () => {
  const name = 'https://issuer.example';
  const keys = keysOf({ jwks: { [name]: keySet } });
  expect(await outcome(name, await theirs(name), keys)).toBe('taken');
  expect(await outcome(name, await local.sign({ iss: name }), keys)).toBe('refused');
});

describe('the local issuer', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'issuer '))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('keeps its key in the data folder, for its owner alone', async () => {
    const { keys } = await openLocalIssuer(folder);
    expect((await openLocalIssuer(folder)).keys).toEqual(keys);
    expect((await storedIssuer(folder)).keys).toEqual(keys);
    expect(statSync(path.join(folder, 'token-key.json')).mode & 0o777).toBe(0o600);
    expect(Object.keys(keys.keys[0]!).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  it('is not made by a command that signs', async () => {
    await expect(storedIssuer(folder)).rejects.toThrow('token-key.json is not there: serve a configuration');
  });
});
