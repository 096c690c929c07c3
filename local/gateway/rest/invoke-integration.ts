import type { InvocationResult } from '../../lambda/invoker';
import { functionCall } from '../call-function';
import type { GatewayDependencies } from '../dependencies';
import { restSourceArn } from '../source-arn';
import { GatewayError } from './gateway-error';
import type { IntegratedMethod } from './integration';

type FunctionResult = Exclude<InvocationResult, { outcome: 'refused' }>;

/**
 * Resolves to the function's own result, error included.
 * @throws GatewayError when it was not invoked, or did not answer in time
 */
export type InvokeIntegration = (payload: string) => Promise<FunctionResult>;

export function integrationInvoker(
  { api, method, integration }: IntegratedMethod,
  dependencies: GatewayDependencies,
): InvokeIntegration {
  const route = `${method.httpMethod} ${method.path}`;
  const { functionArn, timeoutMs } = integration;
  const call = functionCall(
    { route, functionArn, sourceArn: restSourceArn(api, method), timeoutMs },
    dependencies,
  );
  return async (payload) => {
    const result = await call(payload);
    switch (result.outcome) {
      case 'success':
      case 'function-error':
        return result;
      case 'timed-out':
        throw new GatewayError('timedOut');
      case 'not-permitted':
        throw new GatewayError('configuration');
      case 'refused':
        dependencies.log(`${route}: Lambda refused the invocation: ${result.message}`);
        throw new GatewayError(REFUSALS[result.reason]);
    }
  };
}

const REFUSALS = {
  'request-too-large': 'eventTooLarge',
  throttled: 'functionThrottled',
  'not-found': 'configuration',
} as const;
