import type { CognitoAuthorizer, JwtAuthorizer } from '../../terraform/model/authorizer';

/** Claims of a token that the authorizer takes, of a user who is not there: what tries a route out. */
export function sampleClaims(authorizer: JwtAuthorizer | CognitoAuthorizer): Record<string, string> {
  const [scope] = authorizer.scopes;
  const scoped: Record<string, string> = scope === undefined ? {} : { scope };
  if (authorizer.kind === 'jwt') {
    const { issuer, audience } = authorizer;
    return { iss: issuer, sub: 'ann', aud: audience[0] ?? '', ...scoped };
  }
  const iss = authorizer.issuers[0] ?? '';
  return { iss, sub: 'ann', token_use: scope === undefined ? 'id' : 'access', ...scoped };
}
