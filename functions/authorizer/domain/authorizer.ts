import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';

export interface AuthorizerProps {
  /** As the tokens' `iss` has it. */
  readonly issuer: string;
  /** Of which a token must be for one. */
  readonly audience: readonly string[];
  /** By route, such as `GET /data/{id}`: scopes of which a token must have one. Not there: any token will do. */
  readonly scopes: Readonly<Record<string, readonly string[]>>;
  readonly keys: JWTVerifyGetKey;
}

/** API Gateway takes these alone, so that no public key is ever taken for a shared secret. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

/** The one message that API Gateway answers with 401. */
const UNAUTHORIZED = 'Unauthorized';

/**
 * A Lambda authorizer that takes the tokens that the JWT authorizer of an HTTP API takes: 401 without one, 403 for one that
 * has none of the route's scopes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html#http-api-jwt-authorizer.evaluation
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export function authorizer({ issuer, audience, scopes, keys }: AuthorizerProps) {
  return async (event: APIGatewayRequestAuthorizerEvent): Promise<APIGatewayAuthorizerResult> => {
    const claims = await verified(tokenOf(event), issuer, keys);
    if (!audience.some((one) => audiencesOf(claims).includes(one))) throw new Error(UNAUTHORIZED);
    const wanted = scopes[`${event.httpMethod} ${event.resource}`];
    const isAllowed = !wanted || wanted.some((scope) => scopesOf(claims).includes(scope));
    return {
      principalId: claims.sub ?? issuer,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: isAllowed ? 'Allow' : 'Deny',
            Action: 'execute-api:Invoke',
            Resource: routeArn(event),
          },
        ],
      },
      context: { scope: scopesOf(claims).join(' ') },
    };
  };
}

/**
 * The route's, with whatever stands for its parameters: API Gateway keeps the answer for the route, and the next request to it
 * has other ones.
 */
function routeArn({ methodArn, resource }: APIGatewayRequestAuthorizerEvent): string {
  const [api, stage, method] = methodArn.split('/');
  return `${api}/${stage}/${method}${resource.replace(/\{[^}]*\}/g, '*')}`;
}

function tokenOf({ headers }: APIGatewayRequestAuthorizerEvent): string {
  const [, value = ''] =
    Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return value.replace(/^bearer +/i, '').trim();
}

async function verified(token: string, issuer: string, keys: JWTVerifyGetKey): Promise<JWTPayload> {
  try {
    const options = { issuer, algorithms: ALGORITHMS, requiredClaims: ['exp'] };
    const { payload } = await jwtVerify(token, keyByName(keys), options);
    if (payload.iat !== undefined && payload.iat > Date.now() / 1000) throw new Error(UNAUTHORIZED);
    return payload;
  } catch (error) {
    // Anything else, such as an issuer that does not answer, is an error that the log should tell.
    throw error instanceof errors.JOSEError ? new Error(UNAUTHORIZED) : error;
  }
}

/** A token names its key: where there is but one key, it is not taken for named. */
function keyByName(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return (header, token) => {
    if (!header.kid) throw new errors.JWKSNoMatchingKey();
    return keys(header, token);
  };
}

/** Of the client, which Cognito's access tokens name in place of an audience. */
function audiencesOf({ aud, client_id: clientId }: JWTPayload): unknown[] {
  return [aud ?? clientId ?? []].flat();
}

/** Words in one text, or a list of them. */
function scopesOf({ scope, scp }: JWTPayload): string[] {
  const value = scope ?? scp;
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : [];
}
