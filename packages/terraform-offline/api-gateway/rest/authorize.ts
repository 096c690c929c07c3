import { GatewayError } from './gateway-error';
import type { RestCall } from './rest-call';

/** What is not refused for lack of a token. */
const OPEN = new Set(['NONE', 'AWS_IAM']);

/**
 * Refuses a request that brings nothing where the method asks for a key, a signature or a token. What it brings is not
 * checked: keys, users and tokens live in an account, and there is none here.
 */
export function authorize(call: RestCall): void {
  const { authorization, apiKeyRequired } = call.method;
  if (authorization === 'AWS_IAM' && !call.header('authorization')?.startsWith('AWS4-')) {
    throw new GatewayError('routeNotFound');
  }
  if (!OPEN.has(authorization) && !call.header('authorization')) throw new GatewayError('unauthorized');
  if (apiKeyRequired && !call.header('x-api-key')) throw new GatewayError('apiKeyMissing');
}
