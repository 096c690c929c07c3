import type { ApiGatewayMethodConfig } from '@cdktf/provider-aws/lib/api-gateway-method';
import type { Authorization } from '../../../functions/shared/contract';

/** What a method says of who may call it. */
export type MethodAuthorization = Pick<
  ApiGatewayMethodConfig,
  'authorization' | 'authorizerId' | 'apiKeyRequired'
>;

/**
 * How a method of a REST API asks who calls it.
 * @param authorizerId makes what verifies tokens, where it is asked for
 */
export function methodAuthorization(
  authorization: Authorization,
  authorizerId: () => string,
): MethodAuthorization {
  switch (authorization) {
    case 'none':
      return { authorization: 'NONE' };
    case 'iam':
      return { authorization: 'AWS_IAM' };
    case 'apiKey':
      return { authorization: 'NONE', apiKeyRequired: true };
    case 'jwt':
      return { authorization: 'CUSTOM', authorizerId: authorizerId() };
  }
}
