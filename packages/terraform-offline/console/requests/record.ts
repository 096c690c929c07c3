import type { InvocationSource } from '../../lambda/invoker';
import type { Notice } from '../../log/log';
import type { Header } from '../../server/message';

/** One line of the list of requests. No credentials are in it. */
export interface RequestSummary {
  /** Its number since the start: what it is asked for by. */
  readonly key: number;
  /** The gateway's request id, or Lambda's where no gateway was asked. */
  readonly id: string;
  /** When it began, in milliseconds since 1970. */
  readonly at: number;
  readonly source: 'request' | InvocationSource['kind'];
  /** `POST`; for what is no request the kind of its source. */
  readonly method: string;
  /** The path with its query, or the name of the source. */
  readonly path: string;
  /** The names of the functions that were invoked for it. */
  readonly functions: readonly string[];
  /** The answer's; undefined for what is no request. */
  readonly status: number | undefined;
  /** What is wrong with a function that failed: `Error`, `Sandbox.Timedout`. */
  readonly failure: string | undefined;
  readonly milliseconds: number;
}

/** All that is known of a request. No credentials are in it. */
export interface RequestDetail extends RequestSummary {
  readonly request: Message | undefined;
  readonly answer: (Message & { readonly status: number }) | undefined;
  readonly notices: readonly Pick<Notice, 'level' | 'message'>[];
  /** Those that were made for the request itself: who may call the API, what the API may do. */
  readonly decisions: readonly DecisionDetail[];
  readonly invocations: readonly InvocationDetail[];
}

export interface Message {
  readonly headers: readonly Header[];
  readonly body: string;
  /** Whether the body, which is no text, is in base64. */
  readonly isBase64: boolean;
  /** How many bytes, or characters, of it are not kept. */
  readonly cut: number;
}

export interface InvocationDetail {
  readonly requestId: string;
  readonly functionName: string;
  /** The alias or version that was invoked. */
  readonly qualifier: string | undefined;
  /** Of the function's ARN. */
  readonly region: string;
  /** When it was asked for, in milliseconds since the request began. */
  readonly after: number;
  /** What came of it; undefined while it runs. */
  readonly outcome: 'success' | 'function-error' | 'refused' | undefined;
  readonly durationMs: number | undefined;
  /** Only when it waited for a cold start. */
  readonly initDurationMs: number | undefined;
  readonly maxMemoryUsedMB: number | undefined;
  readonly memorySizeMB: number | undefined;
  readonly event: Text;
  readonly result: Text;
  /** As a reader wants to see them: level, message, and errors with their stacks. */
  readonly lines: readonly string[];
  readonly decisions: readonly DecisionDetail[];
  readonly calls: readonly CallDetail[];
  /** How many lines, decisions and calls are not kept. */
  readonly more: number;
}

export interface Text {
  readonly text: string;
  readonly cut: number;
}

export interface DecisionDetail {
  readonly who: string;
  /** `dynamodb:PutItem` */
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  /** The statements that allow it, or what refuses it. */
  readonly by: string;
}

export interface CallDetail {
  readonly operation: string;
  readonly tables: readonly string[];
  /** When it was asked for, in milliseconds since the request began. */
  readonly after: number;
  readonly milliseconds: number;
  readonly status: number;
  readonly error: string | undefined;
}
