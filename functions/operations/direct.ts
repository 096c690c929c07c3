import type { Context } from 'aws-lambda';
import type { ProblemDetails } from '../shared/http/problem';
import { report } from '../shared/http/report';
import type { Engine } from './engine';

/**
 * Puts an engine behind whatever hands the function the envelope itself as the event: `aws lambda invoke`, and an API
 * Gateway integration that is no proxy. Fails with a Lambda error whose message is the problem, as one line of JSON.
 */
export function directHandler(operate: Engine): (event: unknown, context: Context) => Promise<unknown> {
  return async (event, { awsRequestId }) => {
    try {
      return await operate(event);
    } catch (error) {
      throw lambdaError(report(error, awsRequestId).details(awsRequestId));
    }
  };
}

/** What ends a line for the `.` of a Java regular expression, and what JSON leaves as it is. */
const LINE_ENDS = /[\u0085\u2028\u2029]/g;

function lambdaError(problem: ProblemDetails): Error {
  const line = JSON.stringify(problem).replace(
    LINE_ENDS,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const error = new Error(line);
  error.name = 'Problem';
  // Lambda would send it to the caller as the error's trace.
  error.stack = '';
  return error;
}
