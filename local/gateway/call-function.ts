import type { InvocationResult } from '../lambda/invoker';
import type { GatewayDependencies } from './dependencies';
import { allowsInvocation } from './permission';

export interface FunctionCall {
  /** `POST /data`: what the log calls the request. */
  readonly route: string;
  readonly functionArn: string;
  readonly sourceArn: string;
  readonly timeoutMs: number;
  /** The event as JSON text. */
  readonly payload: string;
}

export type CallOutcome = InvocationResult | { readonly outcome: 'not-permitted' | 'timed-out' };

/** Invokes an integration's function as API Gateway does: only if permitted, and only for so long. */
export async function callFunction(
  { route, functionArn, sourceArn, timeoutMs, payload }: FunctionCall,
  { invoke, functionByArn, log }: GatewayDependencies,
): Promise<CallOutcome> {
  const fn = functionByArn(functionArn);
  if (!fn) {
    log(`${route}: the integration names a function that no stack has: ${functionArn}`);
    return { outcome: 'not-permitted' };
  }
  if (!allowsInvocation(fn, sourceArn)) {
    log(
      `${route}: Invalid permissions on Lambda function: ${fn.name} has no aws_lambda_permission for ` +
        `apigateway.amazonaws.com with a source_arn that covers ${sourceArn}`,
    );
    return { outcome: 'not-permitted' };
  }
  const result = await within(timeoutMs, invoke({ functionArn, payload }));
  if (result.outcome === 'timed-out') log(`${route}: ${fn.name} did not answer within ${timeoutMs} ms`);
  return result;
}

/** @param work never rejects */
function within<T>(timeoutMs: number, work: Promise<T>): Promise<T | { outcome: 'timed-out' }> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs, { outcome: 'timed-out' });
    void work.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
