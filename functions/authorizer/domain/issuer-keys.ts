import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** How long the keys of an issuer count, as API Gateway has it, and how long nobody asks for them again. */
const KEPT_MS = 2 * 60 * 60 * 1000;
const COOLDOWN_MS = 60 * 1000;
const TIMEOUT_MS = 3000;

/** Who answers there is this machine, which in Lambda is the function itself. */
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * The keys of an issuer, by its OpenID configuration: kept for two hours, and asked for again when a token names one that is
 * not among them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 * @param configuration its address: `https://login.example.com/.well-known/openid-configuration`
 * @throws when there are no keys, or they would come over a network that anybody may write to
 */
export function issuerKeys(configuration: string, now: () => number = Date.now): JWTVerifyGetKey {
  let kept: { readonly at: number; readonly keys: JWTVerifyGetKey } | undefined;

  async function fetched(): Promise<JWTVerifyGetKey> {
    const { jwks_uri: uri } = (await json(configuration)) as { jwks_uri?: unknown };
    if (typeof uri !== 'string') throw new Error(`${configuration} has no jwks_uri.`);
    const keys = createLocalJWKSet((await json(uri)) as JSONWebKeySet);
    kept = { at: now(), keys };
    return keys;
  }

  return async (header, token) => {
    const known = kept && now() - kept.at < KEPT_MS ? kept : undefined;
    if (!known) return (await fetched())(header, token);
    try {
      return await known.keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || now() - known.at < COOLDOWN_MS) throw error;
      return (await fetched())(header, token);
    }
  };
}

async function json(url: string): Promise<unknown> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && !LOOPBACK.has(hostname)) throw new Error(`${url} is no https address.`);
  const answered = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answered.ok) throw new Error(`${url} answered ${answered.status}.`);
  return answered.json();
}
