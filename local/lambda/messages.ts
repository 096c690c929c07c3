/** What the worker thread of an execution environment is started with. */
export interface RuntimeSettings {
  /** `index.handler` */
  readonly handler: string;
  /** The folder the handler's module is looked for in. */
  readonly taskRoot: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  /** One 32-bit integer: the number of the event that may begin next. Who changes it first has that event. */
  readonly next: SharedArrayBuffer;
}

/** To the worker, in the order they are to be handled. */
export type EventMessages = readonly EventMessage[];

/** Handle one event, when those before it are done and if it has not been taken back. */
export interface EventMessage {
  /** Counts up from 1. */
  readonly number: number;
  readonly requestId: string;
  readonly payload: string;
}

/** From the worker. */
export type RuntimeMessage =
  | { readonly type: 'initialized' }
  /** Text for the function's log. */
  | { readonly type: 'line'; readonly line: string }
  | { readonly type: 'response'; readonly payload: string; readonly memoryBytes: number }
  /** The handler threw; or, `fatal`, the worker is about to exit: the module did not load, or nobody caught what was thrown. */
  | {
      readonly type: 'error';
      readonly error: RuntimeError;
      readonly fatal: boolean;
      readonly memoryBytes: number;
    };

/** What Lambda's runtime makes of anything thrown. */
export interface RuntimeError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}
