import { ApiGatewayAuthorizer } from '@cdktf/provider-aws/lib/api-gateway-authorizer';
import type { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api';
import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { Construct } from 'constructs';
import type { Environment } from '../../environment';
import { NodeFunction } from '../node-function';

/** How long API Gateway takes a token for verified: one that expires is taken for as long at most. */
const KEPT_SECONDS = 60;

/**
 * What verifies the tokens of a REST API, which has no JWT authorizer of its own: a function that takes those that an HTTP API
 * takes. Cognito's own authorizer would not look at the audience.
 */
export class JwtAuthorizer {
  readonly authorizer: ApiGatewayAuthorizer;
  readonly permission: LambdaPermission;
  readonly fn: NodeFunction;
  private readonly scopes: Record<string, readonly string[]> = {};

  /** @param apiName in the default environment, and begins the function's name */
  constructor(scope: Construct, environment: Environment, restApi: ApiGatewayRestApi, apiName: string) {
    const { issuer, audience } = environment.jwt!;
    this.fn = new NodeFunction(scope, 'jwt-authorizer-function', {
      environment,
      functionName: `${apiName}-authorizer`,
      bundle: 'authorizer/verify-token',
      variables: {
        ISSUER: issuer,
        // https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig
        OPENID_CONFIGURATION: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
        AUDIENCE: JSON.stringify(audience),
        SCOPES: '{}',
      },
    });
    this.authorizer = new ApiGatewayAuthorizer(scope, 'jwt-authorizer', {
      restApiId: restApi.id,
      name: 'jwt',
      type: 'REQUEST',
      authorizerUri: this.fn.invokeArn,
      // What is found out of a token counts for the route that it was found out for.
      identitySource: 'method.request.header.Authorization,context.httpMethod,context.resourcePath',
      authorizerResultTtlInSeconds: KEPT_SECONDS,
    });
    this.permission = this.fn.allowInvocationFrom(
      'authorizer',
      `${restApi.executionArn}/authorizers/${this.authorizer.id}`,
    );
  }

  /** Asks for one of these scopes on a route, such as `GET /data/{id}`. */
  require(route: string, scopes: readonly string[] | undefined): void {
    if (scopes === undefined) return;
    this.scopes[route] = scopes;
    this.fn.setVariable('SCOPES', JSON.stringify(this.scopes));
  }
}
