import type { HttpResponse } from '../server/request';
import type { InvocationResult } from './invoker';

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
const STATUSES = {
  InvalidParameterValueException: 400,
  InvalidRequestContentException: 400,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
  RequestTooLargeException: 413,
  TooManyRequestsException: 429,
} as const;

/** An error of Lambda's API, as the AWS SDKs read it. */
export function failure(errorType: keyof typeof STATUSES, message: string): HttpResponse {
  const reason =
    errorType === 'TooManyRequestsException'
      ? { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' }
      : {};
  return {
    status: STATUSES[errorType],
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-ErrorType', errorType],
    ],
    // Some of Lambda's errors spell the member `Message`, others `message`.
    body: JSON.stringify({ Type: 'User', message, Message: message, ...reason }),
  };
}

const REFUSALS = {
  'request-too-large': 'RequestTooLargeException',
  throttled: 'TooManyRequestsException',
  'not-found': 'ResourceNotFoundException',
} as const;

/** What Lambda answers when it does not invoke the function. */
export function refusal({
  reason,
  message,
}: Extract<InvocationResult, { outcome: 'refused' }>): HttpResponse {
  return failure(REFUSALS[reason], message);
}
