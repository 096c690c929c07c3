import type { FunctionReport } from '../log/log';
import type { LambdaFunction } from '../terraform/model/function';
import type { Completion } from './execution-environment';

/** What a report takes from the execution environment. */
interface Measured {
  readonly invocations: number;
  readonly initDurationMs: number;
  readonly maxMemoryBytes: number;
}

const MB = 1024 * 1024;

/** Lambda's REPORT of one invocation. */
export function reportOf(
  fn: LambdaFunction,
  { invocations, initDurationMs, maxMemoryBytes }: Measured,
  requestId: string,
  { result, durationMs }: Completion,
): FunctionReport {
  const errorType = result.outcome === 'function-error' ? result.errorType : undefined;
  const coldStartMs = invocations <= 1 ? initDurationMs : undefined;
  return {
    type: 'platform.report',
    functionName: fn.name,
    requestId,
    status: statusOf(errorType),
    errorType,
    metrics: {
      durationMs: hundredths(durationMs),
      // https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/
      billedDurationMs: Math.ceil(durationMs + (coldStartMs ?? 0)),
      memorySizeMB: fn.memoryMb,
      maxMemoryUsedMB: Math.ceil(maxMemoryBytes / MB),
      initDurationMs: coldStartMs === undefined ? undefined : hundredths(coldStartMs),
    },
  };
}

function statusOf(errorType: string | undefined): FunctionReport['status'] {
  if (errorType === undefined) return 'success';
  return errorType === 'Sandbox.Timedout' ? 'timeout' : 'error';
}

function hundredths(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
