import { databaseProblem } from '../database-problem';
import { Problem } from '../problem';

/** DynamoDB quotes what it refuses, whole. */
const MAX_EXPLANATION = 1000;

/**
 * The problem for an error of DynamoDB that the caller's parameters explain, with DynamoDB's own words; any other error
 * as it is.
 */
export function explained(error: unknown): unknown {
  if (!(error instanceof Error) || databaseProblem(error)) return error;
  if (error.name !== 'ValidationException' && error.name !== 'SerializationException') return error;
  return new Problem('invalid-request', error.message.slice(0, MAX_EXPLANATION), { cause: error });
}
