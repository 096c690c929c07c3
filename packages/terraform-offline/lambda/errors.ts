import type { FunctionError } from './invoker';
import { PAYLOAD_LIMIT } from './limits';
import type { RuntimeError } from './messages';

/** Why an execution environment gave no result, told to the request that waits for one. */
export type Failure = (requestId: string) => FunctionError;

/** What the runtime reported: a handler, or its module, threw. */
export function thrown(error: RuntimeError): Failure {
  return () => ({ ...fields(error), payload: JSON.stringify(error) });
}

/** The function ran longer than its timeout. */
export function timedOut(seconds: number): Failure {
  return (requestId) =>
    platformError(
      'Sandbox.Timedout',
      `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
    );
}

/** The runtime ended without an answer. */
export function exited(exitCode: number): Failure {
  const how =
    exitCode === 0
      ? 'Runtime exited without providing a reason'
      : `Runtime exited with error: exit status ${exitCode}`;
  return (requestId) => platformError('Runtime.ExitError', `RequestId: ${requestId} Error: ${how}`);
}

/** The function needed more memory than it has. */
export const outOfMemory: Failure = (requestId) =>
  platformError(
    'Runtime.OutOfMemory',
    `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
  );

/** The result is larger than Lambda passes on. */
export const responseTooLarge: Failure = () =>
  platformError(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${PAYLOAD_LIMIT} bytes).`,
  );

/** Errors of the service itself have no trace. */
function platformError(errorType: string, errorMessage: string): FunctionError {
  const error = { errorType, errorMessage };
  return { ...fields(error), payload: JSON.stringify(error) };
}

function fields({ errorType, errorMessage }: Omit<RuntimeError, 'trace'>) {
  return { outcome: 'function-error', errorType, errorMessage } as const;
}
