import { ApiGatewayAuthorizer } from '@cdktf/provider-aws/lib/api-gateway-authorizer';
import { ApiGatewayMethod } from '@cdktf/provider-aws/lib/api-gateway-method';
import type { RestApi } from '../constructs/rest-api';

/**
 * Lets the users of these Cognito user pools call a REST API, by Cognito's own authorizer in place of what `authorization`
 * says. It takes identity tokens of every client of the pools or, with scopes, access tokens that have one of them.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-integrate-with-cognito.html
 */
export function authorizeUsers(
  api: RestApi,
  userPoolArns: readonly string[],
  scopes?: readonly string[],
): void {
  const authorizer = new ApiGatewayAuthorizer(api, 'user-pools', {
    restApiId: api.resources.api.id,
    name: 'user-pools',
    type: 'COGNITO_USER_POOLS',
    providerArns: [...userPoolArns],
  });
  for (const method of api.node.findAll()) {
    // Preflights bring no token.
    if (!(method instanceof ApiGatewayMethod) || method.httpMethodInput === 'OPTIONS') continue;
    method.authorization = 'COGNITO_USER_POOLS';
    method.authorizerId = authorizer.id;
    if (scopes) method.authorizationScopes = [...scopes];
  }
}
