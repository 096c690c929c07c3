import type { InvocationResult } from '../lambda/invoker';
import type { LambdaFunction } from '../terraform/model';
import type { GatewayDependencies } from './dependencies';
import { allowsInvocation } from './permission';

export interface IntegrationTarget {
  /** `POST /data`: what the log calls the route. */
  readonly route: string;
  readonly functionArn: string;
  readonly sourceArn: string;
  readonly timeoutMs: number;
}

export type CallOutcome = InvocationResult | { readonly outcome: 'not-permitted' | 'timed-out' };

/** Invokes an integration's function with an event as JSON text. */
export type FunctionCall = (payload: string) => Promise<CallOutcome>;

/** Invokes as API Gateway does: only if permitted, and only for so long. */
export function functionCall(target: IntegrationTarget, dependencies: GatewayDependencies): FunctionCall {
  const { route, functionArn, timeoutMs } = target;
  const { invoke, functionByArn, log, enforceTimeouts = true } = dependencies;
  const fn = functionByArn(functionArn);
  const refusal = refusalOf(fn, target);
  return (payload) => {
    if (refusal !== undefined) {
      log(`${route}: ${refusal}`);
      return Promise.resolve({ outcome: 'not-permitted' });
    }
    if (!enforceTimeouts) return invoke({ functionArn, payload });
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        log(`${route}: ${fn?.name} did not answer within ${timeoutMs} ms`);
        resolve({ outcome: 'timed-out' });
      }, timeoutMs);
      void invoke({ functionArn, payload }).then((result) => {
        clearTimeout(timer);
        resolve(result);
      });
    });
  };
}

/** Why the function may not be invoked; undefined when it may. */
function refusalOf(
  fn: LambdaFunction | undefined,
  { functionArn, sourceArn }: IntegrationTarget,
): string | undefined {
  if (!fn) return `the integration names a function that no stack has: ${functionArn}`;
  if (allowsInvocation(fn, sourceArn)) return undefined;
  return (
    `Invalid permissions on Lambda function: ${fn.name} has no aws_lambda_permission for ` +
    `apigateway.amazonaws.com with a source_arn that covers ${sourceArn}`
  );
}
