export interface FailureProps {
  /** The statuses that the function's problems choose, by beginning the error message with `{"status":NNN,`. */
  readonly failureStatuses: readonly number[];
  /** The problem that is sent with `Retry-After`, by its `code`; others of its status are not worth repeating. */
  readonly retryable: { readonly status: number; readonly code: string; readonly retryAfter: number };
  /** The problem that answers everything else: crashes, timeouts, and what the function could not explain. */
  readonly unexpected: { readonly status: number };
}

/** One answer of a method: which errors of the function it is for, and what it sends. */
export interface EventAnswer {
  readonly status: number;
  /** Constant values. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names of the headers that the template may set. */
  readonly templateHeaders: readonly string[];
  /** Undefined: the answer to success. */
  readonly selectionPattern: string | undefined;
  /** Undefined: the function's result, untouched. */
  readonly template: string | undefined;
}

const PROBLEM = { headers: { 'Content-Type': 'application/problem+json' }, templateHeaders: [] };
const MESSAGE = "$input.path('$.errorMessage')";
/** `.` matches none of them in Java. */
const LINE_END = String.raw`[\n\r\u0085\u2028\u2029]`;

/**
 * The answers to everything that can become of an invocation, each for itself: API Gateway tries the patterns in no
 * documented order, matches them with the whole error message, and takes success, an empty message, for the answer
 * without a pattern. https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html
 */
export function answers({ failureStatuses, retryable, unexpected }: FailureProps): EventAnswer[] {
  return [
    { status: 200, headers: {}, templateHeaders: [], selectionPattern: undefined, template: undefined },
    ...failureStatuses.map((status) => ({
      ...PROBLEM,
      status,
      selectionPattern: String.raw`\{"status":${status},.*`,
      template: MESSAGE,
      ...(status === retryable.status && withRetryAfter(retryable)),
    })),
    {
      ...PROBLEM,
      status: unexpected.status,
      selectionPattern: String.raw`(?!\{"status":(${failureStatuses.join('|')}),)[\s\S]+|[\s\S]*${LINE_END}[\s\S]*`,
      template: JSON.stringify(unexpected),
    },
  ];
}

/**
 * One status has one answer, so that its template has to tell the problems apart.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html
 */
function withRetryAfter({ code, retryAfter }: FailureProps['retryable']) {
  const isRetryable = `$util.parseJson(${MESSAGE}).code == '${code}'`;
  const override = `#set($context.responseOverride.header.Retry-After = '${retryAfter}')`;
  return { templateHeaders: ['Retry-After'], template: `#if(${isRetryable})${override}#end${MESSAGE}` };
}
