import { issuerPages } from '../../../../../packages/terraform-offline/api-gateway/authorizers/issuer-pages';
import { openLocalIssuer } from '../../../../../packages/terraform-offline/api-gateway/authorizers/local-issuer';

const POOL = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc';
const given = { keys: [{ kty: 'RSA', kid: 'given', n: 'AQ', e: 'AQAB' }] };
const local = openLocalIssuer(undefined);

const log: string[] = [];
const pages = issuerPages({
  addresses: new Set([
    `${POOL}/.well-known/jwks.json`,
    'https://given.invalid/.well-known/openid-configuration',
    'https://away.invalid/tenant/.well-known/openid-configuration',
  ]),
  localIssuer: () => local,
  isLocal: (issuer) => issuer === POOL,
  jwks: { 'https://given.invalid/': given, 'https://unused.invalid/': given },
  url: 'http://127.0.0.1:3000',
  log: (message) => log.push(message),
});

async function get(place: string, method = 'GET'): Promise<unknown> {
  const answer = await pages({
    method,
    rawPath: `/_issuers/${place}`,
    prefix: '',
    rawQuery: '',
    rawHeaders: [],
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
  });
  return answer.status === 200 ? (JSON.parse(String(answer.body)) as unknown) : answer.status;
}

const localKeys = async () => ({ keys: (await local).keys.keys });

it('answers for an issuer whose keys were given with these', async () => {
  expect(await get('given.invalid/.well-known/openid-configuration')).toEqual({
    issuer: 'https://given.invalid/',
    jwks_uri: 'http://127.0.0.1:3000/_issuers/given.invalid/keys',
  });
  expect(await get('given.invalid/keys')).toEqual(given);
  expect(await get('given.invalid/.well-known/jwks.json')).toEqual(given);
});

it('answers for a pool of the configuration with the key that signs here, the public half alone', async () => {
  const keys = await get(`${POOL.slice('https://'.length)}/.well-known/jwks.json`);
  expect(keys).toEqual(await localKeys());
  const [key] = (keys as { keys: object[] }).keys;
  expect(Object.keys(key!).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
});

it('answers for an issuer that cannot be reached with the key that signs here, and says so', async () => {
  expect(await get('away.invalid/tenant/.well-known/openid-configuration')).toEqual({
    issuer: 'https://away.invalid/tenant',
    jwks_uri: 'http://127.0.0.1:3000/_issuers/away.invalid/tenant/keys',
  });
  expect(await get('away.invalid/tenant/keys')).toEqual(await localKeys());
  expect(log).toEqual([
    expect.stringMatching(
      /^https:\/\/away\.invalid\/tenant\/\.well-known\/openid-configuration cannot be had: /,
    ),
  ]);
});

it.each([
  ['an issuer that no function is told', 'unused.invalid/keys', 'GET'],
  ['another place of one', 'away.invalid/keys', 'GET'],
  ['what is no page of it', 'given.invalid/.well-known/other', 'GET'],
  ['anything but reading', 'given.invalid/keys', 'POST'],
])('asks nobody, and answers 404, for %s', async (_, place, method) => {
  expect(await get(place, method)).toBe(404);
});
