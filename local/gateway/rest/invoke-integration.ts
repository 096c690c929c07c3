import type { InvocationResult } from '../../lambda/invoker';
import type { RestIntegration } from '../../terraform/model';
import { callFunction } from '../call-function';
import type { GatewayDependencies } from '../dependencies';
import { restSourceArn } from '../source-arn';
import { GatewayError } from './gateway-error';
import type { RestCall } from './rest-call';

type FunctionResult = Exclude<InvocationResult, { outcome: 'refused' }>;

/**
 * The function's own result, error included.
 * @throws GatewayError when it was not invoked, or did not answer in time
 */
export async function invokeIntegration(
  call: RestCall,
  integration: RestIntegration,
  payload: string,
  dependencies: GatewayDependencies,
): Promise<FunctionResult> {
  const result = await callFunction(
    {
      route: call.route,
      functionArn: integration.functionArn,
      sourceArn: restSourceArn(call.api, call.method),
      timeoutMs: integration.timeoutMs,
      payload,
    },
    dependencies,
  );
  switch (result.outcome) {
    case 'success':
    case 'function-error':
      return result;
    case 'timed-out':
      throw new GatewayError('timedOut');
    case 'not-permitted':
      throw new GatewayError('configuration');
    case 'refused':
      dependencies.log(`${call.route}: Lambda refused the invocation: ${result.message}`);
      throw new GatewayError(REFUSALS[result.reason]);
  }
}

const REFUSALS = {
  'request-too-large': 'eventTooLarge',
  throttled: 'functionThrottled',
  'not-found': 'configuration',
} as const;
