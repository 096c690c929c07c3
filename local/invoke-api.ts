import { randomUUID } from 'node:crypto';
import type { Gateway, GatewayRequest, GatewayResponse } from './gateway/gateway';
import { headerPairs, headerValue } from './gateway/headers';
import type { InvocationResult, Invoke } from './lambda/invoker';
import { jsonLine } from './log/json-line';
import type { LambdaFunction } from './terraform/model';

/** Lambda gives back the last 4 KB of the log. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const TAIL_BYTES = 4096;

export interface InvokeApiOptions {
  readonly functions: readonly LambdaFunction[];
  readonly invoke: Invoke;
}

/** Lambda's Invoke API: `POST /2015-03-31/functions/{name or ARN}/invocations`. */
export function createInvokeApi({ functions, invoke }: InvokeApiOptions): Gateway {
  const byName = new Map(functions.map((fn) => [fn.name, fn]));

  return async (request) => {
    const requestId = randomUUID();
    const answer = await respond(request, requestId);
    return { ...answer, headers: [['x-amzn-RequestId', requestId], ...answer.headers] };
  };

  async function respond(request: GatewayRequest, requestId: string): Promise<GatewayResponse> {
    const [, encoded] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.rawPath) ?? [];
    if (encoded === undefined || request.method !== 'POST') return failure('UnknownOperationException', '');
    const { name, qualifier } = parseName(decode(encoded), new URLSearchParams(request.rawQuery));
    const fn = byName.get(name);
    if (!fn || (qualifier !== undefined && qualifier !== '$LATEST')) {
      const suffix = qualifier === undefined ? '' : `:${qualifier}`;
      const message = `Function not found: ${fn?.arn ?? name}${suffix}; there are ${[...byName.keys()].join(', ')}`;
      return failure('ResourceNotFoundException', message);
    }
    // Without a payload the event is an empty object.
    const payload = request.body.length === 0 ? '{}' : request.body.toString();
    const malformed = jsonError(payload);
    if (malformed !== undefined) {
      return failure(
        'InvalidRequestContentException',
        `Could not parse request body into json: ${malformed}`,
      );
    }
    const headers = headerPairs(request.rawHeaders);
    const type = headerValue(headers, 'x-amz-invocation-type') ?? 'RequestResponse';
    const invocation = { functionArn: fn.arn, payload, requestId };
    switch (type) {
      case 'DryRun':
        return { status: 204, headers: [], body: '' };
      case 'Event':
        void invoke(invocation);
        return { status: 202, headers: [], body: '' };
      case 'RequestResponse':
        return headerValue(headers, 'x-amz-log-type') === 'Tail'
          ? withTail((tail) => invoke({ ...invocation, tail }))
          : answerOf(await invoke(invocation));
      default:
        return failure('InvalidParameterValueException', `Unknown invocation type: ${type}`);
    }
  }
}

async function withTail(
  invoke: (tail: NonNullable<Parameters<Invoke>[0]['tail']>) => Promise<InvocationResult>,
): Promise<GatewayResponse> {
  const lines: string[] = [];
  const answer = answerOf(
    await invoke((entry) => {
      lines.push(`${jsonLine(entry)}\n`);
    }),
  );
  const log = Buffer.from(lines.join('')).subarray(-TAIL_BYTES).toString('base64');
  return { ...answer, headers: [...answer.headers, ['X-Amz-Log-Result', log]] };
}

function answerOf(result: InvocationResult): GatewayResponse {
  switch (result.outcome) {
    case 'success':
      return executed(result.payload, []);
    case 'function-error':
      return executed(result.payload, [['X-Amz-Function-Error', 'Unhandled']]);
    case 'refused':
      return failure(REFUSALS[result.reason], result.message);
  }
}

function executed(payload: string, headers: GatewayResponse['headers']): GatewayResponse {
  return {
    status: 200,
    headers: [['Content-Type', 'application/json'], ['X-Amz-Executed-Version', '$LATEST'], ...headers],
    body: payload,
  };
}

const REFUSALS = {
  'request-too-large': 'RequestTooLargeException',
  throttled: 'TooManyRequestsException',
  'not-found': 'ResourceNotFoundException',
} as const;

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors */
const STATUSES = {
  InvalidParameterValueException: 400,
  InvalidRequestContentException: 400,
  ResourceNotFoundException: 404,
  UnknownOperationException: 404,
  RequestTooLargeException: 413,
  TooManyRequestsException: 429,
} as const;

function failure(errorType: keyof typeof STATUSES, message: string): GatewayResponse {
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

/** `name`, `name:qualifier`, `account:function:name`, or an ARN. */
function parseName(text: string, query: URLSearchParams): { name: string; qualifier: string | undefined } {
  const [, name = text, inName] =
    /^(?:(?:arn:[^:]+:lambda:[^:]+:)?\d+:function:)?([^:]+)(?::([^:]+))?$/.exec(text) ?? [];
  return { name, qualifier: inName ?? query.get('Qualifier') ?? undefined };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function jsonError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
