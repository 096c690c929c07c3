import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errors, exportJWK, generateKeyPair, type JWK } from 'jose';
import { issuerKeys } from '../../../functions/authorizer/domain/issuer-keys';

const MINUTE = 60_000;

let server: Server;
let origin: string;
let configuration: string;
let published: JWK[];
let asked: string[];
let keysAddress: () => string;

beforeEach(async () => {
  asked = [];
  keysAddress = () => `${origin}/keys`;
  published = [await newKey('one')];
  server = createServer((request, response) => {
    asked.push(request.url!);
    const found = {
      '/tenant/.well-known/openid-configuration': { jwks_uri: keysAddress() },
      '/keys': { keys: published },
    }[request.url!];
    response.writeHead(found ? 200 : 404).end(JSON.stringify(found ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  configuration = `${origin}/tenant/.well-known/openid-configuration`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function newKey(kid: string): Promise<JWK> {
  return { ...(await exportJWK((await generateKeyPair('RS256')).publicKey)), kid, alg: 'RS256', use: 'sig' };
}

const token = { payload: '', signature: '' };
const header = (kid: string) => ({ alg: 'RS256', kid });

test('the keys are found by the OpenID configuration of the issuer, and asked for once', async () => {
  const keys = issuerKeys(configuration);
  await keys(header('one'), token);
  await keys(header('one'), token);
  expect(asked).toEqual(['/tenant/.well-known/openid-configuration', '/keys']);
});

test('a key that is not among them is asked for again, but not at once', async () => {
  let time = 0;
  const keys = issuerKeys(configuration, () => time);
  await keys(header('one'), token);
  published = [...published, await newKey('two')];
  await expect(keys(header('two'), token)).rejects.toThrow(errors.JWKSNoMatchingKey);
  expect(asked).toHaveLength(2);
  time += MINUTE;
  expect(await keys(header('two'), token)).toBeDefined();
});

test('a key that the issuer has taken back is forgotten after two hours', async () => {
  let time = 0;
  const keys = issuerKeys(configuration, () => time);
  await keys(header('one'), token);
  published = [await newKey('two')];
  time += 120 * MINUTE;
  await expect(keys(header('one'), token)).rejects.toThrow(errors.JWKSNoMatchingKey);
});

test('an issuer without keys is an error that names what it answered', async () => {
  const nowhere = `${origin}/nobody/.well-known/openid-configuration`;
  await expect(issuerKeys(nowhere)(header('one'), token)).rejects.toThrow(`${nowhere} answered 404.`);
});

test.each([
  'http://issuer.invalid/keys',
  'http://127.0.0.1.issuer.invalid/keys',
  'http://127.0.0.1@issuer.invalid/',
])('keys are not taken from %s, which anybody on the way may have written', async (address) => {
  keysAddress = () => address;
  await expect(issuerKeys(configuration)(header('one'), token)).rejects.toThrow(
    `${address} is no https address.`,
  );
  await expect(issuerKeys(address)(header('one'), token)).rejects.toThrow(`${address} is no https address.`);
});
