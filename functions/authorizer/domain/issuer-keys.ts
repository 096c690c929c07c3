import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

/** How long the keys of an issuer count, as API Gateway has it, and how long nobody asks for them again. */
const KEPT_MS = 2 * 60 * 60 * 1000;
const COOLDOWN_MS = 60 * 1000;
const TIMEOUT_MS = 3000;

/**
 * The keys of an issuer, by its OpenID configuration: kept for two hours, and asked for again when a token names one that is
 * not among them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 * @throws when the issuer does not answer with keys
 */
export function issuerKeys(issuer: string, now: () => number = Date.now): JWTVerifyGetKey {
  let kept: { readonly at: number; readonly keys: JWTVerifyGetKey } | undefined;

  async function fetched(): Promise<JWTVerifyGetKey> {
    const configuration = await json(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const { jwks_uri: uri } = configuration as { jwks_uri?: unknown };
    if (typeof uri !== 'string') throw new Error(`The OpenID configuration of ${issuer} has no jwks_uri.`);
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
  const answered = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answered.ok) throw new Error(`${url} answered ${answered.status}.`);
  return answered.json();
}
