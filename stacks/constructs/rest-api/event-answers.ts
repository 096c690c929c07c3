export interface FailureProps {
  /** The statuses that the function's problems choose, by beginning the error message with `{"status":NNN,`. */
  readonly failureStatuses: readonly number[];
  /** The problem that answers everything else: crashes, timeouts, and what the function could not explain. */
  readonly unexpected: { readonly status: number };
}

/** One answer of a method: which errors of the function it is for, and what it sends. */
export interface EventAnswer {
  readonly status: number;
  /** Constant values. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: the answer to success. */
  readonly selectionPattern: string | undefined;
  /** Undefined: the function's result, untouched. */
  readonly template: string | undefined;
}

const PROBLEM = { 'Content-Type': 'application/problem+json' };
/** `.` matches none of them in Java. */
const LINE_END = String.raw`[\n\r\u0085\u2028\u2029]`;

/**
 * The answers to everything that can become of an invocation, each for itself: API Gateway tries the patterns in no
 * documented order, matches them with the whole error message, and takes success, an empty message, for the answer
 * without a pattern. https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html
 */
export function answers({ failureStatuses, unexpected }: FailureProps): EventAnswer[] {
  return [
    { status: 200, headers: {}, selectionPattern: undefined, template: undefined },
    ...failureStatuses.map((status) => ({
      status,
      headers: status === 503 ? { ...PROBLEM, 'Retry-After': '1' } : PROBLEM,
      selectionPattern: String.raw`\{"status":${status},.*`,
      template: "$input.path('$.errorMessage')",
    })),
    {
      status: unexpected.status,
      headers: PROBLEM,
      selectionPattern: String.raw`(?!\{"status":(${failureStatuses.join('|')}),)[\s\S]+|[\s\S]*${LINE_END}[\s\S]*`,
      template: JSON.stringify(unexpected),
    },
  ];
}
