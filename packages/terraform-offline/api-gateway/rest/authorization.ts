import { keyInPlan, type Use } from '../authorizers/usage-plans';
import type { RestCall } from './call';
import { GatewayError } from './errors';

/**
 * Asks for an API key, where the method wants one, and counts the request against its usage plan.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 * @throws GatewayError for a key that is missing, unknown, disabled or in no plan of the stage, and beyond the plan
 */
export function useKey(call: RestCall, use: Use): void {
  const { api, method } = call;
  if (!method.apiKeyRequired) return;
  const found = keyInPlan(api, call.header('x-api-key'));
  if (!found) throw new GatewayError('apiKeyInvalid');
  call.identify({ apiKey: found.key });
  const refused = use(found, api, method);
  if (refused) throw new GatewayError(refused === 'throttled' ? 'throttled' : 'quotaExceeded');
}
