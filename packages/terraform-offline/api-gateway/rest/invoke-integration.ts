import type { InvocationResult } from '../../lambda/invoker';
import type { LambdaIntegration } from '../../terraform/model';
import { type CallOutcome, type FunctionCall, functionCall } from '../call-function';
import type { GatewayDependencies } from '../dependencies';
import { restSourceArn } from '../source-arn';
import { GatewayError } from './gateway-error';
import type { IntegratedMethod } from './integration';

type FunctionResult = Exclude<InvocationResult, { outcome: 'refused' }>;

/** Invokes the method's function as its API may. */
export function integrationInvoker(
  { api, method, integration }: IntegratedMethod<LambdaIntegration>,
  dependencies: GatewayDependencies,
): FunctionCall {
  const route = `${method.httpMethod} ${method.path}`;
  const { functionArn, timeoutMs } = integration;
  const target = { route, functionArn, sourceArn: restSourceArn(api, method), timeoutMs };
  return functionCall(target, dependencies);
}

/**
 * The function's own result, error included.
 * @throws GatewayError when it was not invoked, or did not answer in time
 */
export function functionResult(outcome: CallOutcome, log: (line: string) => void): FunctionResult {
  switch (outcome.outcome) {
    case 'success':
    case 'function-error':
      return outcome;
    case 'timed-out':
      throw new GatewayError('timedOut');
    case 'not-permitted':
      throw new GatewayError('configuration');
    case 'refused':
      log(`Lambda refused the invocation: ${outcome.message}`);
      throw new GatewayError(REFUSALS[outcome.reason]);
  }
}

const REFUSALS = {
  'request-too-large': 'eventTooLarge',
  throttled: 'functionThrottled',
  'not-found': 'configuration',
} as const;
