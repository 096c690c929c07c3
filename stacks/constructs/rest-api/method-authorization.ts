import type { ApiGatewayMethodConfig } from '@cdktf/provider-aws/lib/api-gateway-method';
import type { Construct } from 'constructs';
import type { Authorization } from '../../../functions/shared/contract';

/** What a method says of who may call it. */
export type MethodAuthorization = Pick<
  ApiGatewayMethodConfig,
  'authorization' | 'authorizerId' | 'apiKeyRequired'
>;

/**
 * How a method of a REST API asks who calls it.
 * @param route such as `POST /data`, for errors
 */
export function methodAuthorization(
  scope: Construct,
  route: string,
  authorization: Authorization,
): MethodAuthorization {
  switch (authorization) {
    case 'none':
      return { authorization: 'NONE' };
    case 'iam':
      return { authorization: 'AWS_IAM' };
    case 'apiKey':
      return { authorization: 'NONE', apiKeyRequired: true };
    case 'jwt':
      throw new Error(
        `${scope.node.path}: ${route} has the authorization jwt, which this REST API does not verify; choose iam or apiKey`,
      );
  }
}
