import { decodeJwt } from 'jose';
import type { CognitoAuthorizer } from '../../terraform/model/authorizer';
import { matchesWhole } from '../java-pattern';
import type { KeysOf } from './issuers';
import { audiencesOf, scopesOf, TokenError, verifyToken, withoutScheme } from './jwt';

/** `requestContext.authorizer` of a REST API. */
export interface CognitoIdentity {
  readonly claims: Readonly<Record<string, string>>;
}

/**
 * Verifies a request's token as the Cognito authorizer of a REST API does: an access token with one of the method's scopes
 * or, where it asks for none, an identity token.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html
 * @param identity what the request brings at the authorizer's identity source
 * @param now milliseconds since 1970
 * @throws TokenError where API Gateway refuses; what the keys throw for want of keys
 */
export async function verifyCognito(
  identity: string,
  { issuers, audience, scopes }: CognitoAuthorizer,
  keysOf: KeysOf,
  now: number,
): Promise<CognitoIdentity> {
  const token = withoutScheme(identity);
  const issuer = issuerOf(token);
  if (issuer === undefined || !issuers.includes(issuer)) {
    throw new TokenError('the token is of none of the user pools');
  }
  const claims = await verifyToken(token, { issuers: [issuer], keys: keysOf(issuer), now });
  const wanted = scopes.length > 0 ? 'access' : 'id';
  if (claims.token_use !== wanted) throw new TokenError(`the token_use of the token is not ${wanted}`);
  if (scopes.length > 0 && !scopes.some((scope) => scopesOf(claims).includes(scope))) {
    throw new TokenError('the token has none of the scopes', 'insufficient_scope');
  }
  if (audience !== undefined && !audiencesOf(claims).some((one) => matchesWhole(audience, one))) {
    throw new TokenError('the token does not have a valid audience');
  }
  return {
    claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, text(name, value)])),
  };
}

/** As the token says: nothing is verified yet. */
function issuerOf(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    throw new TokenError('the token cannot be read');
  }
}

const TIMES: ReadonlySet<string> = new Set(['exp', 'iat', 'auth_time']);

/** How claims stand in an event: lists with commas, times as Java prints them: `Tue Jan 01 00:00:00 UTC 2030`. */
function text(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  if (TIMES.has(name) && typeof value === 'number') {
    // Tue, 01 Jan 2030 00:00:00 GMT
    const [day = '', date, month, year, time] = new Date(value * 1000).toUTCString().split(' ');
    return `${day.slice(0, 3)} ${month} ${date} ${time} UTC ${year}`;
  }
  if (Array.isArray(value)) return value.map((element) => text('', element)).join(',');
  return JSON.stringify(value);
}
