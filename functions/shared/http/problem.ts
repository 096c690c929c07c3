interface Kind {
  readonly status: number;
  readonly title: string;
  /** Seconds after which to try again; sent as `Retry-After`. */
  readonly retryAfter?: number;
}

/** Every problem the functions answer with: its stable `code`, HTTP status and title. docs/problems.md explains each. */
export const problems = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'invalid-json': { status: 400, title: 'The body is not valid JSON' },
  'inexact-number': { status: 400, title: 'A number cannot be stored exactly' },
  'invalid-idempotency-key': { status: 400, title: 'The Idempotency-Key is not valid' },
  'not-found': { status: 404, title: 'There is nothing under this id' },
  conflict: { status: 409, title: 'The condition of the request failed' },
  'precondition-failed': { status: 412, title: 'The item does not meet the precondition of the request' },
  'too-large': { status: 413, title: 'The item or the answer is too large' },
  'unsupported-media-type': { status: 415, title: 'The media type of the body is not supported' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another body' },
  'internal-error': { status: 500, title: 'Something went wrong on our side' },
  'database-unavailable': { status: 503, title: 'The database does not answer', retryAfter: 1 },
  'outcome-unknown': { status: 503, title: 'It is not known whether the change was made' },
} as const satisfies Record<string, Kind>;

export type ProblemCode = keyof typeof problems;

/** One violation: where in the request, and what is wrong there. */
export interface Violation {
  /** A path as one would write it in JavaScript: `data.items[2].price`; empty for the whole body. */
  readonly path: string;
  readonly message: string;
}

export interface ProblemOptions {
  readonly errors?: readonly Violation[];
  readonly cause?: unknown;
}

/** RFC 9457 problem details. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly requestId: string;
  readonly errors?: readonly Violation[];
}

/**
 * A failure the caller is told about. Whatever else is thrown is answered as `internal-error` with a constant detail.
 *
 * @example throw new Problem('not-found', `There is no data under ${id}.`);
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly errors: readonly Violation[] | undefined;
  readonly retryAfter: number | undefined;

  /** @param detail a sentence for the caller: what was wrong and what to do. */
  constructor(code: ProblemCode, detail: string, { errors, cause }: ProblemOptions = {}) {
    super(detail, { cause });
    this.name = 'Problem';
    this.code = code;
    this.errors = errors;
    const { status, retryAfter }: Kind = problems[code];
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** The body of the answer. `status` comes first: dynamodb-manager's gateway selects the answer by it. */
  details(requestId: string): ProblemDetails {
    const { code, status, message: detail, errors } = this;
    return {
      status,
      type: `urn:problem-type:${code}`,
      title: problems[code].title,
      detail,
      code,
      requestId,
      ...(errors && { errors }),
    };
  }
}

/** What the caller is told of a failure that is none of theirs: nothing of it. */
export function internalError(cause?: unknown): Problem {
  return new Problem(
    'internal-error',
    'The request could not be completed; it is safe to report its requestId.',
    { cause },
  );
}
