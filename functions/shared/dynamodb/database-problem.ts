import { Problem, type ProblemCode } from '../http/problem';

/** What identifies an error of the AWS SDK: its `name`, Node's `code`, and the HTTP status of the answer. */
interface SdkError extends Error {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

interface Row {
  readonly matches: (error: SdkError) => boolean;
  readonly code: ProblemCode;
  readonly detail: string;
}

/**
 * DynamoDB's own refusals to serve, for now: conflicts with a transaction or with a write in another region among them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
const UNAVAILABLE = new Set([
  // Ours: the function's time was over.
  'AbortError',
  'InternalServerError',
  'InternalServerException',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'ReplicatedWriteConflictException',
  'RequestLimitExceeded',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TransactionConflictException',
]);

/** Node's names for a host that cannot be reached or that hung up. */
const UNREACHABLE = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** What the caller is told about a failure of the database; the first row that matches counts. */
const TABLE: readonly Row[] = [
  {
    matches: ({ name, code = '', $metadata }) =>
      UNAVAILABLE.has(name) || UNREACHABLE.has(code) || ($metadata?.httpStatusCode ?? 0) >= 500,
    code: 'database-unavailable',
    detail: 'The database did not answer, or asked for fewer requests; try again later.',
  },
  {
    // PutItem: "Item size has exceeded the maximum allowed size"; UpdateItem: "Item size to update has exceeded …".
    matches: ({ name, message, $metadata }) =>
      (name === 'ValidationException' && /^Item size .*exceeded the maximum allowed size/.test(message)) ||
      $metadata?.httpStatusCode === 413,
    code: 'too-large',
    detail: 'The item, its names included, is larger than the 400 KB that DynamoDB stores.',
  },
  {
    // Only a table with a local secondary index has item collections, of 10 GB each.
    matches: ({ name }) => name === 'ItemCollectionSizeLimitExceededException',
    code: 'too-large',
    detail: 'The items under this partition key are as large together as DynamoDB stores, 10 GB.',
  },
  {
    matches: ({ name }) => name === 'ConditionalCheckFailedException',
    code: 'conflict',
    detail: 'The item is not in the state that the request requires.',
  },
];

/** The problem that an error of DynamoDB or of the way to it stands for; undefined when it is some other failure. */
export function databaseProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined;
  const row = TABLE.find(({ matches }) => matches(error));
  return row && new Problem(row.code, row.detail, { cause: error });
}
