import type { AsynchronousSettings, LambdaFunction } from '../../terraform/model/function';
import type { Invocation, InvocationResult } from '../invoker';
import { LATEST, parseFunctionArn, versionNumber } from '../version';

/** What came of an asynchronous invocation in the end. */
export interface FinishedEvent {
  readonly fn: LambdaFunction;
  readonly invocation: Invocation & { readonly requestId: string };
  readonly settings: AsynchronousSettings;
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  /** How often the function was run for it. */
  readonly attempts: number;
  /** Undefined when it was not run at all. */
  readonly last: InvocationResult | undefined;
}

/**
 * What a destination is told: the event with how it ended.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 * @param at milliseconds since 1970
 */
export function invocationRecord({ fn, invocation, condition, attempts, last }: FinishedEvent, at: number) {
  const { qualifier = LATEST } = parseFunctionArn(invocation.functionArn);
  const ran = last === undefined || last.outcome === 'refused' ? undefined : last;
  return {
    version: '1.0',
    timestamp: new Date(at).toISOString(),
    requestContext: {
      requestId: invocation.requestId,
      functionArn: `${fn.arn}:${qualifier}`,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: JSON.parse(invocation.payload) as unknown,
    ...(ran && {
      responseContext: {
        statusCode: 200,
        executedVersion: versionNumber(fn, qualifier) ?? qualifier,
        ...(ran.outcome === 'function-error' && { functionError: 'Unhandled' }),
      },
      responsePayload: JSON.parse(ran.payload) as unknown,
    }),
  };
}
