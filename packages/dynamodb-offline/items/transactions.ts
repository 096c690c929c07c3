import { sha256 } from '../digest';
import {
  DynamoDBError,
  idempotentParameterMismatch,
  transactionCanceled,
  type CancellationReason,
} from '../errors';
import { ExpressionError } from '../expressions';
import { EmptyKeyError } from './keys';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-dynamodb-transactions */
export const largestTransaction = 4 * 1024 * 1024;

/** How long a client token answers the same request with what was done. */
const tokenLifetime = 10 * 60 * 1000;

/**
 * Runs a step for every element of a transaction; when it fails for some of them, the transaction is canceled with a reason
 * for each.
 */
export function forAll<Element, Result>(
  elements: readonly Element[],
  step: (element: Element) => Result,
): Result[] {
  const results: Result[] = [];
  const reasons = elements.map((element): CancellationReason => {
    try {
      results.push(step(element));
      return { Code: 'None' };
    } catch (error) {
      return reasonOf(error);
    }
  });
  if (results.length < elements.length) throw transactionCanceled(reasons);
  return results;
}

/** The client tokens of a database, with the requests that came with them. */
export class ClientTokens {
  private readonly seen = new Map<string, { fingerprint: string; until: number; result: Promise<unknown> }>();

  constructor(private readonly now: () => number) {}

  /**
   * Runs a request, or answers what it was answered when it came before with the same token.
   * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#DDB-TransactWriteItems-request-ClientRequestToken
   *
   * @param scope the operation: one token may be used for several
   * @returns the result, and whether it is an earlier one
   */
  async once<Result>(
    scope: string,
    token: string | undefined,
    request: unknown,
    run: () => Promise<Result>,
  ): Promise<{ result: Result; isRepeated: boolean }> {
    if (token === undefined) return { result: await run(), isRepeated: false };
    this.forgetOld();
    const fingerprint = fingerprintOf(request);
    const key = `${scope} ${token}`;
    const earlier = this.seen.get(key);
    if (earlier) {
      if (earlier.fingerprint !== fingerprint) throw idempotentParameterMismatch();
      return { result: (await earlier.result) as Result, isRepeated: true };
    }
    const result = run();
    this.seen.set(key, { fingerprint, until: this.now() + tokenLifetime, result });
    try {
      return { result: await result, isRepeated: false };
    } catch (error) {
      // Nothing was done: the token is free again.
      this.seen.delete(key);
      throw error;
    }
  }

  /** They were added in the order in which they grow old. */
  private forgetOld() {
    const now = this.now();
    for (const [token, { until }] of this.seen) {
      if (until > now) return;
      this.seen.delete(token);
    }
  }
}

/** The codes of errors that concern one element; others are the whole request's. */
const REASONS: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  DuplicateItemException: 'DuplicateItem',
  ResourceNotFoundException: 'ResourceNotFound',
  ValidationException: 'ValidationError',
};

function reasonOf(error: unknown): CancellationReason {
  if (error instanceof ExpressionError) return { Code: 'ValidationError', Message: error.message };
  if (!(error instanceof DynamoDBError) || error instanceof EmptyKeyError) throw error;
  const Code = REASONS[error.name];
  if (Code === undefined) throw error;
  return { Code, Message: error.message, ...('Item' in error.members && { Item: error.members.Item }) };
}

/** Equal for requests with the same content, whatever the order of their members. */
function fingerprintOf(request: unknown): string {
  const sorted = JSON.stringify(request, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
      : value,
  );
  return sha256(sorted);
}
