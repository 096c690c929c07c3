import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { storedIssuer } from '../../../packages/terraform-offline/api-gateway/authorizers/local-issuer';
import { headerPairs } from '../../../packages/terraform-offline/server/message';
import { type Cloud, serve, type ServeOptions } from '../../../packages/terraform-offline/cloud';
import { credentialsFor } from '../../../packages/terraform-offline/iam/credentials';
import { signed } from './api-gateway/authorizers/signing';

let cloud: Cloud;
let lines: string[];
afterEach(() => cloud.close());

/** Serves one of the sample projects. */
async function serveProject(name: string, more: Partial<ServeOptions> = {}) {
  const folder = path.resolve('__tests__/fixtures/projects', name);
  lines = [];
  cloud = await serve({ folder, log: (entry) => lines.push(JSON.stringify(entry)), ...more });
  const { outputs, sensitiveOutputs } = cloud.model().stacks[0]!;
  return { ...outputs, ...sensitiveOutputs } as Record<'url' | 'issuer' | 'client', string> & {
    readonly keys: Record<'partner' | 'former', string>;
  };
}

async function get(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(url, { method, headers });
  return [response.status, await response.json()] as const;
}

const unauthorized = [401, { message: 'Unauthorized' }];
const forbidden = [403, { message: 'Forbidden' }];

it('serves a REST API for users of a pool, and for holders of keys within their plan', async () => {
  const { url, issuer, client, keys } = await serveProject('rest-cognito-usage-plan');
  const token = (claims: object) => cloud.token({ iss: issuer, sub: 'ann', ...claims });
  const bearer = async (claims: object) => ({ Authorization: `Bearer ${await token(claims)}` });

  const identity = await bearer({ token_use: 'id', aud: client });
  const access = await bearer({ token_use: 'access', client_id: client, scope: 'notes/write' });
  expect(await get(`${url}/me`, identity)).toEqual([200, { sub: 'ann' }]);
  expect(await get(`${url}/notes`, access)).toEqual([200, { sub: 'ann' }]);
  expect(await get(`${url}/me`, access)).toEqual(unauthorized);
  expect(await get(`${url}/notes`, identity)).toEqual(unauthorized);
  expect(await get(`${url}/me`)).toEqual(unauthorized);
  expect(await get(`${url}/me`, { Authorization: 'rubbish' })).toEqual(unauthorized);

  const key = (value: string) => ({ 'x-api-key': value });
  expect(await get(`${url}/reports`)).toEqual(forbidden);
  expect(await get(`${url}/reports`, key(keys.former))).toEqual(forbidden);
  expect(await get(`${url}/reports`, key('nobody-has-this-as-a-key'))).toEqual(forbidden);
  const answered = [200, { key: expect.stringMatching(/^[a-z0-9]{10}$/) as unknown }];
  expect(await get(`${url}/reports`, key(keys.partner))).toEqual(answered);
  expect(await get(`${url}/reports`, key(keys.partner))).toEqual(answered);
  expect(await get(`${url}/reports`, key(keys.partner))).toEqual([429, { message: 'Limit Exceeded' }]);
  expect(lines.join('\n')).not.toContain(keys.partner);
  expect(lines.join('\n')).not.toContain(identity.Authorization);
});

describe('an HTTP API with three authorizers', () => {
  it('lets in users of its own pool, by scopes, and whom its function knows', async () => {
    const { url, issuer, client } = await serveProject('http-jwt-authorizers');
    const authorization = async (claims: object) => ({
      Authorization: await cloud.token({ iss: issuer, client_id: client, sub: 'ann', ...claims }),
    });
    const reader = await authorization({ scope: 'openid' });
    const writer = await authorization({ scope: 'openid notes/write' });
    const [status, identity] = await get(`${url}notes`, reader);
    expect([status, identity]).toMatchObject([200, { jwt: { claims: { sub: 'ann' }, scopes: null } }]);
    expect(await get(`${url}notes`, reader, 'POST')).toEqual(forbidden);
    expect(await get(`${url}notes`, writer, 'POST')).toMatchObject([
      200,
      { jwt: { scopes: ['openid', 'notes/write'] } },
    ]);
    expect(await get(`${url}notes`)).toEqual(unauthorized);
    expect(await get(`${url}notes`, await authorization({ client_id: 'other' }))).toEqual(unauthorized);
    expect(await get(`${url}notes`, await authorization({ exp: 1 }))).toEqual(unauthorized);

    const password = (text: string) => get(`${url}door`, { 'X-Password': text });
    expect(await password('mellon')).toEqual([200, { lambda: { asked: 1 } }]);
    expect(await password('mellon')).toEqual([200, { lambda: { asked: 1 } }]);
    expect(await password('friend')).toEqual(forbidden);
    expect(await password('balrog')).toEqual([500, { message: 'Internal Server Error' }]);
    expect(await get(`${url}door`)).toEqual(unauthorized);
  });

  it('lets in who signs, as far as its policies go', async () => {
    const { url } = await serveProject('http-jwt-authorizers');
    const user = cloud.model().stacks[0]!.principals!.find(({ name }) => name === 'scheduler')!;
    const post = async (job: string, credentials = credentialsFor(user)) => {
      const { host, pathname } = new URL(`${url}jobs/${job}`);
      const unsigned = { method: 'POST', path: pathname, headers: { host }, body: '{}' };
      const { rawHeaders } = await signed(unsigned, { credentials, at: Date.now() });
      const headers = Object.fromEntries(headerPairs(rawHeaders).filter(([name]) => name !== 'host'));
      const response = await fetch(`${url}jobs/${job}`, { method: 'POST', headers, body: '{}' });
      return [response.status, await response.json()] as const;
    };
    expect(await post('nightly')).toMatchObject([
      200,
      { iam: { userArn: 'arn:aws:iam::000000000000:user/scheduler' } },
    ]);
    expect(await post('hourly')).toEqual(forbidden);
    expect(await post('nightly', { ...credentialsFor(user), secretAccessKey: 'other' })).toEqual(forbidden);
    expect(await get(`${url}jobs/nightly`, {}, 'POST')).toEqual(forbidden);

    const invoke = (job: string): object => ({
      action: 'execute-api:Invoke',
      resource: expect.stringMatching(new RegExp(`/POST/jobs/${job}$`)) as string,
      times: 1,
    });
    const report = cloud.accessReport().roles.find(({ role }) => role === user.arn);
    expect(report).toMatchObject({ used: [invoke('nightly')], unused: [], denied: [invoke('hourly')] });
  });

  it('answers 501 for tokens of an issuer that cannot be reached, unless its keys are given', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'keys '));
    const partner = 'https://issuer.invalid/';
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one' }] };
    writeFileSync(path.join(folder, 'keys.json'), JSON.stringify(keys));
    const token = await new SignJWT({ iss: partner, aud: 'notes' })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setExpirationTime('1h')
      .sign(privateKey);
    try {
      const { url } = await serveProject('http-jwt-authorizers');
      const [status, problem] = await get(`${url}partners`, { Authorization: token });
      expect(status).toBe(501);
      expect((problem as { detail: string }).detail).toContain('--jwks https://issuer.invalid/=FILE');
      const local = await cloud.token({ iss: partner, aud: 'notes' });
      expect((await get(`${url}partners`, { Authorization: local }))[0]).toBe(200);
      await cloud.close();

      const jwks = { [partner]: path.join(folder, 'keys.json') };
      const given = await serveProject('http-jwt-authorizers', { jwks });
      expect((await get(`${given.url}partners`, { Authorization: token }))[0]).toBe(200);
      expect(await get(`${given.url}partners`, { Authorization: local })).toEqual(unauthorized);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('takes tokens that were signed with the key in its data folder', async () => {
    const dataDirectory = mkdtempSync(path.join(os.tmpdir(), 'data '));
    try {
      const { url, issuer, client } = await serveProject('http-jwt-authorizers', { dataDirectory });
      const { sign } = await storedIssuer(dataDirectory);
      const token = await sign({ iss: issuer, aud: client, sub: 'ann' });
      expect((await get(`${url}notes`, { Authorization: token }))[0]).toBe(200);
    } finally {
      await cloud.close();
      rmSync(dataDirectory, { recursive: true });
    }
  });
});
