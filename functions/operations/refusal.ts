import { databaseProblem } from '../shared/dynamodb/database-problem';
import { Problem } from '../shared/http/problem';

/** DynamoDB quotes what it refuses, whole. */
const MAX_EXPLANATION = 1000;

/**
 * The problem for an error of DynamoDB, in DynamoDB's own words where the caller's parameters explain it. Any other error as
 * it is.
 */
export function explained(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const problem = databaseProblem(error);
  if (problem) return problem;
  if (error.name !== 'ValidationException' && error.name !== 'SerializationException') return error;
  return new Problem('invalid-request', error.message.slice(0, MAX_EXPLANATION), { cause: error });
}
