import type { GatewayResponse } from '../../server/request';
import { notServed } from '../../server/router';
import type { JwtAuthorizer } from '../../terraform/model';
import { identityOf } from '../authorizers/identity-source';
import { IssuerUnreachable } from '../authorizers/issuers';
import { type JwtIdentity, TokenError, verifyJwt } from '../authorizers/jwt';
import type { GatewayDependencies } from '../gateway';
import type { HttpCall } from './call';
import { ownAnswer } from './errors';

/** What a route's authorizer found out: `requestContext.authorizer` of payload 2.0. */
export interface HttpIdentity {
  readonly jwt?: JwtIdentity;
}

type Authorized =
  | { readonly identity: HttpIdentity | undefined; readonly refusal?: undefined }
  | { readonly refusal: GatewayResponse };

/** Lets the route's authorizer decide whether the request may call it. */
export async function authorize(call: HttpCall, dependencies: GatewayDependencies): Promise<Authorized> {
  const { authorizer } = call.route;
  switch (authorizer?.kind) {
    case undefined:
      return { identity: undefined };
    case 'jwt':
      return authorizeToken(call, authorizer, dependencies);
  }
}

async function authorizeToken(
  call: HttpCall,
  authorizer: JwtAuthorizer,
  { keysOf, now, log }: GatewayDependencies,
): Promise<Authorized> {
  const { routeKey } = call.route;
  const [token] = identityOf([authorizer.identitySource], { ...call, stageVariables: {}, context: {} }) ?? [];
  if (token === undefined) return { refusal: challenge(401, 'Bearer') };
  try {
    return { identity: { jwt: await verifyJwt(token, authorizer, keysOf(authorizer.issuer), now()) } };
  } catch (error) {
    if (error instanceof TokenError) {
      log(`${routeKey}: ${error.message}`);
      const scope = error.code === 'insufficient_scope' ? authorizer.scopes.join(' ') : '';
      const reason = `Bearer scope="${scope}" error="${error.code}" error_description="${error.message}"`;
      return { refusal: challenge(error.code === 'insufficient_scope' ? 403 : 401, reason) };
    }
    if (!(error instanceof IssuerUnreachable)) throw error;
    const { address } = authorizer;
    return { refusal: notServed({ address, reason: error.message, effect: `${routeKey} answers 501` }) };
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-jwt.html */
function challenge(status: 401 | 403, value: string): GatewayResponse {
  const answer = ownAnswer(status);
  return { ...answer, headers: [...answer.headers, ['www-authenticate', value]] };
}
