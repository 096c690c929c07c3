import type { FunctionError } from './invoker';
import { PAYLOAD_LIMIT } from './limits';
import type { RuntimeError } from './runtime-api';
import type { Exit } from './sandbox';

/** Why an execution environment gave no result, told to the request that waits for one. */
export type Failure = (requestId: string) => FunctionError;

/** What the runtime reported, as JSON text: a handler, or its module, threw. */
export function thrown(body: string): Failure {
  return () => ({ ...fields(parsed(body)), payload: body });
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
export function exited(exit: Exit): Failure {
  return (requestId) => platformError('Runtime.ExitError', `RequestId: ${requestId} Error: ${how(exit)}`);
}

function how(exit: Exit): string {
  if ('signal' in exit) {
    return `Runtime exited with error: signal: ${SIGNALS[exit.signal] ?? `signal ${exit.signal}`}`;
  }
  return exit.code === 0
    ? 'Runtime exited without providing a reason'
    : `Runtime exited with error: exit status ${exit.code}`;
}

/** As Go, which Lambda's supervisor is written in, names them. */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'hangup',
  2: 'interrupt',
  3: 'quit',
  4: 'illegal instruction',
  5: 'trace/breakpoint trap',
  6: 'aborted',
  8: 'floating point exception',
  9: 'killed',
  11: 'segmentation fault',
  13: 'broken pipe',
  14: 'alarm clock',
  15: 'terminated',
};

/** The runtime of a function cannot be started here. */
export function notStarted(reason: string): Failure {
  return () => platformError('Runtime.InvalidEntrypoint', reason);
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

/** Whatever a runtime sends: a function may speak to the Runtime API itself. */
function parsed(body: string): RuntimeError {
  try {
    const { errorType, errorMessage } = JSON.parse(body) as Partial<RuntimeError>;
    return { errorType: String(errorType ?? 'Unhandled'), errorMessage: String(errorMessage ?? '') };
  } catch {
    return { errorType: 'Unhandled', errorMessage: body };
  }
}

function fields({ errorType, errorMessage }: RuntimeError) {
  return { outcome: 'function-error', errorType, errorMessage } as const;
}
