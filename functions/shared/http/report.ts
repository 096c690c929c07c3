import { databaseProblem } from '../dynamodb/database-problem';
import { internalError, Problem } from './problem';

/** The problem to tell the caller for whatever was thrown. What the caller must not see of it goes to the log. */
export function report(error: unknown, requestId: string): Problem {
  const problem = error instanceof Problem ? error : (databaseProblem(error) ?? internalError(error));
  if (problem.status >= 500) {
    console.error({ requestId, code: problem.code, detail: problem.message, cause: describe(problem.cause) });
  }
  return problem;
}

function describe(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  const { name, message, stack } = cause;
  return { name, message, stack };
}
