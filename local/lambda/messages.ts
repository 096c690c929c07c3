/** What the worker thread of an execution environment is started with. */
export interface RuntimeSettings {
  /** `index.handler` */
  readonly handler: string;
  /** The folder the handler's module is looked for in. */
  readonly taskRoot: string;
}

/** To the worker: handle one event. */
export interface InvokeMessage {
  readonly requestId: string;
  readonly functionArn: string;
  /** Milliseconds since 1970 at which the function times out. */
  readonly deadline: number;
  readonly payload: string;
}

/** From the worker. */
export type RuntimeMessage =
  | { readonly type: 'initialized' }
  /** A line for the function's log. */
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
