import { Problem } from './problem';

/** Lambda returns 6 MB, and behind a proxy integration the answer is text inside its result, where quotes double. */
const MAX_ANSWER_BYTES = 3_000_000;

/**
 * The answer, unless Lambda would refuse to return it.
 * @throws {Problem} `too-large`
 */
export function returnable(answer: unknown): unknown {
  if (bytesOf(answer) <= MAX_ANSWER_BYTES) return answer;
  throw new Problem(
    'too-large',
    'The answer would be larger than 3 MB; ask for less, with Limit or ProjectionExpression, or send less to echo.',
  );
}

/**
 * The first rows of a page, as many as Lambda would return. DynamoDB's page of 1 MB is over 6 MB of JSON when it is all
 * control characters.
 */
export function returnableRows<T>(rows: readonly T[]): readonly T[] {
  let bytes = 0;
  const end = rows.findIndex((row) => (bytes += bytesOf(row)) > MAX_ANSWER_BYTES);
  return end < 0 ? rows : rows.slice(0, end);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
