import { Apigatewayv2Authorizer } from '@cdktf/provider-aws/lib/apigatewayv2-authorizer';
import type { Apigatewayv2RouteConfig } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import type { Construct } from 'constructs';
import type { Access, Authorization } from '../../../functions/shared/contract';
import type { Environment } from '../../environment';

const ID = 'jwt-authorizer';

/**
 * How a route of an HTTP API asks who calls it.
 * @param route such as `POST /items`, for errors
 * @throws for API keys, which HTTP APIs do not know
 */
export function routeAuthorization(
  scope: Construct,
  environment: Environment,
  apiId: string,
  route: string,
  authorization: Authorization,
  { scopes }: Access = {},
): Pick<Apigatewayv2RouteConfig, 'authorizationType' | 'authorizerId' | 'authorizationScopes'> {
  switch (authorization) {
    case 'none':
      return {};
    case 'iam':
      return { authorizationType: 'AWS_IAM' };
    case 'jwt':
      return {
        authorizationType: 'JWT',
        authorizerId: jwtAuthorizer(scope, environment, apiId).id,
        ...(scopes && { authorizationScopes: [...scopes] }),
      };
    case 'apiKey':
      throw new Error(
        `${scope.node.path}: ${route} has the authorization apiKey, which HTTP APIs do not have; choose iam or jwt`,
      );
  }
}

/** One for all routes. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html */
function jwtAuthorizer(scope: Construct, { jwt }: Environment, apiId: string): Apigatewayv2Authorizer {
  const known = scope.node.tryFindChild(ID);
  if (known instanceof Apigatewayv2Authorizer) return known;
  return new Apigatewayv2Authorizer(scope, ID, {
    apiId,
    name: 'jwt',
    authorizerType: 'JWT',
    identitySources: ['$request.header.Authorization'],
    jwtConfiguration: jwt,
  });
}
