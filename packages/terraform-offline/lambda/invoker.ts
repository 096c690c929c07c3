import type { Log } from '../log/log';

/** One invocation of a function, as the Lambda service takes it. */
export interface Invocation {
  /** May end in an alias or a version: `…:function:orders:live`. */
  readonly functionArn: string;
  /** The event as JSON text. */
  readonly payload: string;
  /** Default: a new UUID. */
  readonly requestId?: string;
  /** `Root=1-…;Parent=…;Sampled=0`. Default: a new one. */
  readonly traceId?: string | undefined;
  /** What a client tells the function beside the event, as JSON text. */
  readonly clientContext?: string | undefined;
  /** Hears what this invocation logs, besides the log of the service. */
  readonly tail?: Log | undefined;
  /** Where the event is from, when nobody waits for what becomes of it. */
  readonly source?: InvocationSource | undefined;
}

/** What calls functions besides requests. */
export interface InvocationSource {
  readonly kind: 'stream' | 'schedule' | 'asynchronous' | 'destination';
  /** The address of the mapping or schedule, or who sent the event. */
  readonly name: string;
}

/** What came of an invocation: the shapes that Lambda's Invoke API and API Gateway build their answers from. */
export type InvocationResult =
  /** The handler returned; `payload` is its result as JSON text. */
  | { readonly outcome: 'success'; readonly payload: string }
  /** The handler threw, crashed or timed out; `payload` is Lambda's error object as JSON text. */
  | FunctionError
  /** The service refused: 413 for an event over 6 MB, 429 over the concurrency, 404 for an unknown function. */
  | {
      readonly outcome: 'refused';
      readonly reason: 'request-too-large' | 'throttled' | 'not-found';
      readonly message: string;
    };

export interface FunctionError {
  readonly outcome: 'function-error';
  readonly payload: string;
  readonly errorType: string;
  readonly errorMessage: string;
}

/** Runs functions. Never rejects. */
export type Invoke = (invocation: Invocation) => Promise<InvocationResult>;
