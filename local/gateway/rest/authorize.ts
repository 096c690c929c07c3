import { headerValue } from '../headers';
import { GatewayError } from './gateway-error';
import type { RestCall } from './rest-call';

/**
 * Refuses a request that brings nothing where the method asks for a key, a signature or a token. What it brings is not
 * checked: keys, users and tokens live in an account, and there is none here.
 */
export function authorize({ method, headers }: RestCall): void {
  const authorization = headerValue(headers, 'authorization');
  if (method.authorization === 'AWS_IAM' && !authorization?.startsWith('AWS4-')) {
    throw new GatewayError('routeNotFound');
  }
  if (!['NONE', 'AWS_IAM'].includes(method.authorization) && !authorization) {
    throw new GatewayError('unauthorized');
  }
  if (method.apiKeyRequired && !headerValue(headers, 'x-api-key')) throw new GatewayError('apiKeyMissing');
}
