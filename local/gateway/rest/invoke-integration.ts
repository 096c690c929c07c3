import type { InvocationResult } from '../../lambda/invoker';
import { callFunction } from '../call-function';
import type { GatewayDependencies } from '../dependencies';
import { GatewayError } from './gateway-error';
import { routeOf, type IntegratedCall } from './rest-call';

type FunctionResult = Exclude<InvocationResult, { outcome: 'refused' }>;

/**
 * The function's own result, error included.
 * @throws GatewayError when it was not invoked, or did not answer in time
 */
export async function invokeIntegration(
  call: IntegratedCall,
  payload: string,
  dependencies: GatewayDependencies,
): Promise<FunctionResult> {
  const { integration } = call;
  const result = await callFunction(
    {
      route: routeOf(call),
      functionArn: integration.functionArn,
      sourceArn: sourceArn(call),
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
      dependencies.log(`${routeOf(call)}: Lambda refused the invocation: ${result.message}`);
      throw new GatewayError(REFUSALS[result.reason]);
  }
}

const REFUSALS = {
  'request-too-large': 'eventTooLarge',
  throttled: 'functionThrottled',
  'not-found': 'configuration',
} as const;

/**
 * What AWS compares with `source_arn`: the method's ARN with `*` for each path parameter. A permission that spells out
 * `{id}` matches nothing (https://github.com/aws/serverless-application-model/issues/110).
 */
function sourceArn({ api, method }: IntegratedCall): string {
  const httpMethod = method.httpMethod === 'ANY' ? '*' : method.httpMethod;
  return `${api.executionArn}/${api.stageName}/${httpMethod}${method.path.replace(/\{[^}]+\}/g, '*')}`;
}
