import { Problem } from '../problem';

/** Lambda returns 6 MB, and behind a proxy integration the answer is text inside its result, where quotes double. */
const MAX_ANSWER_BYTES = 3_000_000;

/**
 * The answer, unless Lambda would refuse to return it.
 * @throws {Problem} `too-large`
 */
export function returnable(answer: unknown): unknown {
  if (Buffer.byteLength(JSON.stringify(answer)) <= MAX_ANSWER_BYTES) return answer;
  throw new Problem(
    'too-large',
    'The answer would be larger than 3 MB; ask for less, with Limit or ProjectionExpression, or send less to echo.',
  );
}
