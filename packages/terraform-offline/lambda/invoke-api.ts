import { randomUUID } from 'node:crypto';
import { jsonLine } from '../log/json-line';
import { messageOf } from '../message-of';
import { isForeignOrigin } from '../server/access-control';
import { headerPairs, headerValue } from '../server/message';
import type { Gateway, HttpRequest, HttpResponse } from '../server/request';
import { notServed } from '../server/router';
import type { LambdaFunction } from '../terraform/model/function';
import type { Unserved } from '../terraform/model/unserved';
import { failure, refusal } from './invoke-failure';
import type { InvocationResult, Invoke } from './invoker';
import { PAYLOAD_LIMIT } from './limits';
import type { Lambda } from './service';
import { qualifiersOf, versionNumber } from './version';

/** Lambda gives back the last 4 KB of the log. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
const TAIL_BYTES = 4096;

export interface InvokeApiOptions {
  readonly functions: readonly LambdaFunction[];
  /** Functions, among others, that are not served. Default: all are. */
  readonly unserved?: readonly Unserved[];
  readonly invoke: Invoke;
  readonly invokeAsync: Lambda['invokeAsync'];
  /** Why whoever has that access key may not invoke the function; undefined when it may. Default: everybody may. */
  readonly denial?: (accessKeyId: string, functionArn: string) => string | undefined;
}

/** Lambda's Invoke API: `POST /2015-03-31/functions/{name or ARN}/invocations`. */
export function createInvokeApi({
  functions,
  unserved = [],
  invoke,
  invokeAsync,
  denial = () => undefined,
}: InvokeApiOptions): Gateway {
  const byName = new Map(functions.map((fn) => [fn.name, fn]));

  return async (request) => {
    const requestId = randomUUID();
    const answer = await respond(request, requestId);
    return { ...answer, headers: [['x-amzn-RequestId', requestId], ...answer.headers] };
  };

  async function respond(request: HttpRequest, requestId: string): Promise<HttpResponse> {
    const [, encoded] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.rawPath) ?? [];
    if (encoded === undefined || request.method !== 'POST') return failure('UnknownOperationException', '');
    const headers = headerPairs(request.rawHeaders);
    const origin = headerValue(headers, 'origin');
    if (isForeignOrigin(origin, headerValue(headers, 'host'))) {
      return failure(
        'AccessDeniedException',
        `The local Lambda takes no invocations from pages of ${origin}`,
      );
    }
    const { name, qualifier } = parseName(decode(encoded), new URLSearchParams(request.rawQuery));
    const fn = byName.get(name);
    const version = fn && versionNumber(fn, qualifier);
    const missing = fn ? undefined : unserved.find(({ arn }) => arn?.endsWith(`:function:${name}`));
    if (missing) return notServed(missing);
    if (!fn || version === undefined) {
      const suffix = qualifier === undefined ? '' : `:${qualifier}`;
      const there = fn ? Object.keys(qualifiersOf(fn)) : [...byName.keys()];
      const message = `Function not found: ${fn?.arn ?? name}${suffix}; there are ${there.join(', ')}`;
      return failure('ResourceNotFoundException', message);
    }
    if (request.body.length > PAYLOAD_LIMIT) {
      const message = `Request must be smaller than ${PAYLOAD_LIMIT} bytes for the InvokeFunction operation`;
      return failure('RequestTooLargeException', message);
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
    const type = headerValue(headers, 'x-amz-invocation-type') ?? 'RequestResponse';
    const functionArn = qualifier === undefined ? fn.arn : `${fn.arn}:${qualifier}`;
    const authorization = headerValue(headers, 'authorization') ?? '';
    const [, accessKeyId = ''] = /Credential=([^/]+)\//.exec(authorization) ?? [];
    const denied = denial(accessKeyId, functionArn);
    if (denied !== undefined) return failure('AccessDeniedException', denied);
    const clientContext = fromBase64(headerValue(headers, 'x-amz-client-context'));
    if (clientContext !== undefined && jsonError(clientContext) !== undefined) {
      return failure(
        'InvalidRequestContentException',
        'Client context must be a valid Base64-encoded JSON object.',
      );
    }
    const invocation = { functionArn, payload, requestId, clientContext };
    switch (type) {
      case 'DryRun':
        return { status: 204, headers: [], body: '' };
      case 'Event':
        return taken(invokeAsync(invocation));
      case 'RequestResponse':
        return headerValue(headers, 'x-amz-log-type') === 'Tail'
          ? withTail(version, (tail) => invoke({ ...invocation, tail }))
          : answerOf(version, await invoke(invocation));
      default:
        return failure('InvalidParameterValueException', `Unknown invocation type: ${type}`);
    }
  }
}

function taken(refused: ReturnType<Lambda['invokeAsync']>): HttpResponse {
  return refused ? refusal(refused) : { status: 202, headers: [], body: '' };
}

async function withTail(
  version: string,
  invoke: (tail: NonNullable<Parameters<Invoke>[0]['tail']>) => Promise<InvocationResult>,
): Promise<HttpResponse> {
  const lines: string[] = [];
  const answer = answerOf(
    version,
    await invoke((entry) => {
      lines.push(`${jsonLine(entry)}\n`);
    }),
  );
  const log = Buffer.from(lines.join('')).subarray(-TAIL_BYTES).toString('base64');
  return { ...answer, headers: [...answer.headers, ['X-Amz-Log-Result', log]] };
}

function answerOf(version: string, result: InvocationResult): HttpResponse {
  switch (result.outcome) {
    case 'success':
      return executed(version, result.payload, []);
    case 'function-error':
      return executed(version, result.payload, [['X-Amz-Function-Error', 'Unhandled']]);
    case 'refused':
      return refusal(result);
  }
}

function executed(version: string, payload: string, headers: HttpResponse['headers']): HttpResponse {
  return {
    status: 200,
    headers: [['Content-Type', 'application/json'], ['X-Amz-Executed-Version', version], ...headers],
    body: payload,
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

function fromBase64(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'base64').toString();
}

function jsonError(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
