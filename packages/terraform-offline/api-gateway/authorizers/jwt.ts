import { errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { JwtAuthorizer } from '../../terraform/model/authorizer';

/** Why a token is refused, in words for the client: no secrets, no quotes. */
export class TokenError extends Error {
  constructor(
    message: string,
    /** https://www.rfc-editor.org/rfc/rfc6750#section-3.1 */
    readonly code: 'invalid_token' | 'insufficient_scope' = 'invalid_token',
  ) {
    super(message);
  }
}

/** API Gateway takes these alone, so that no public key is ever taken for a shared secret. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

/**
 * The claims of a token that one of these keys has signed, and whose time it is.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html#http-api-jwt-authorizer.evaluation
 * @param issuers of which it must name one
 * @param now milliseconds since 1970
 * @throws TokenError for any other; what `keys` throws for want of keys
 */
export async function verifyToken(
  token: string,
  { issuers, keys, now }: { issuers: readonly string[]; keys: JWTVerifyGetKey; now: number },
): Promise<JWTPayload> {
  const payload = await jwtVerify(token, keyByName(keys), {
    algorithms: ALGORITHMS,
    issuer: [...issuers],
    requiredClaims: ['exp'],
    currentDate: new Date(now),
  })
    .then((verified) => verified.payload)
    .catch((error: unknown) => {
      throw error instanceof errors.JOSEError ? new TokenError(reasonOf(error)) : error;
    });
  if (payload.iat !== undefined && payload.iat > now / 1000) {
    throw new TokenError('the token was issued in the future');
  }
  return payload;
}

/** A token names its key: where there is but one key, it is not taken for named. */
function keyByName(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return (header, token) => {
    if (typeof header.kid !== 'string' || header.kid === '') throw new TokenError('the token names no key');
    return keys(header, token);
  };
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `the token does not have a valid ${error.claim}`;
  if (error instanceof errors.JWKSNoMatchingKey) return 'the issuer has no key of that name';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'the algorithm of the token is none of those allowed';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature of the token is wrong';
  return 'the token cannot be read';
}

/** What a JWT authorizer found out: what the event shows of it. */
export interface JwtIdentity {
  readonly claims: Readonly<Record<string, string>>;
  /** The token's, where the route asks for some. */
  readonly scopes: readonly string[] | null;
}

/**
 * Verifies a request's token as the JWT authorizer of an HTTP API does.
 * @param identity what the request brings at the authorizer's identity source
 * @throws TokenError where API Gateway refuses; what `keys` throws for want of keys
 */
export async function verifyJwt(
  identity: string,
  { issuer, audience, scopes: wanted }: JwtAuthorizer,
  keys: JWTVerifyGetKey,
  now: number,
): Promise<JwtIdentity> {
  const claims = await verifyToken(withoutScheme(identity), { issuers: [issuer], keys, now });
  if (!audiencesOf(claims).some((one) => audience.includes(one))) {
    throw new TokenError('the token does not have a valid audience');
  }
  const scopes = scopesOf(claims);
  if (wanted.length > 0 && !wanted.some((scope) => scopes.includes(scope))) {
    throw new TokenError('the token has none of the scopes', 'insufficient_scope');
  }
  return {
    claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, text(value)])),
    scopes: wanted.length > 0 ? scopes : null,
  };
}

/** `Bearer eyJ…` and `eyJ…` are the same. */
export function withoutScheme(identity: string): string {
  return identity.replace(/^bearer +/i, '').trim();
}

/** Of the client, which Cognito's access tokens name in place of an audience. */
export function audiencesOf({ aud, client_id: clientId }: JWTPayload): readonly string[] {
  const named = [aud ?? clientId ?? []].flat();
  return named.filter((one): one is string => typeof one === 'string');
}

/** Words in one text, or a list of them. */
export function scopesOf({ scope, scp }: JWTPayload): readonly string[] {
  const value = scope ?? scp ?? [];
  const words = typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [];
  return words.filter((word): word is string => typeof word === 'string' && word !== '');
}

/** How claims stand in an event, as Go prints them: lists as `[a b]`, objects as `map[a:b]`. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map(text).join(' ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `map[${members.map(([name, member]) => `${name}:${text(member)}`).join(' ')}]`;
  }
  return value === null ? '<nil>' : JSON.stringify(value);
}
