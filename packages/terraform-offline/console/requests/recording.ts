import type { DatabaseCall } from '../../dynamodb/database-call';
import type { Decision, Request } from '../../iam/evaluate';
import type { Event } from '../../lambda/execution-environment';
import type { InvocationResult, InvocationSource } from '../../lambda/invoker';
import type { FunctionReport, Notice } from '../../log/log';
import type { HttpRequest, PageResponse } from '../../server/request';

/** A request, or what else invokes a function, while it goes on: all as it came, to be read when somebody looks. */
export interface Recording {
  readonly key: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** By the clock of `performance`. */
  readonly startedAt: number;
  /** Undefined for a request. */
  readonly source: InvocationSource | undefined;
  readonly request: HttpRequest | undefined;
  response: PageResponse | undefined;
  /** Undefined while it goes on. */
  milliseconds: number | undefined;
  readonly notices: Notice[];
  readonly decisions: RecordedDecision[];
  readonly invocations: RecordedInvocation[];
  /** Answer and results that are not there yet. */
  open: number;
}

export interface RecordedInvocation {
  readonly event: Event;
  readonly startedAt: number;
  readonly lines: string[];
  readonly decisions: RecordedDecision[];
  readonly calls: (DatabaseCall & { readonly startedAt: number })[];
  result: InvocationResult | undefined;
  report: FunctionReport | undefined;
  /** Characters of the lines. */
  logged: number;
  more: number;
}

export interface RecordedDecision {
  readonly request: Request;
  readonly decision: Decision;
}

/** What of it holds memory, in bytes and characters. */
export function sizeOf({ request, response, invocations }: Recording): number {
  const body = response?.body;
  const answer = typeof body === 'string' || body instanceof Buffer ? body.length : 0;
  return invocations.reduce(
    (size, { event, result, logged }) =>
      size + event.payload.length + (result && 'payload' in result ? result.payload.length : 0) + logged,
    (request?.body.length ?? 0) + answer,
  );
}
