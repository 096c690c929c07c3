/** What the worker thread of an execution environment is started with. */
export interface RuntimeSettings {
  /** `index.handler` */
  readonly handler: string;
  /** The folder the handler's module is looked for in. */
  readonly taskRoot: string;
  readonly functionArn: string;
  readonly timeoutMs: number;
  /** 32-bit integers that both sides see, at the places below. */
  readonly shared: SharedArrayBuffer;
}

/** The number of the event that may begin next, counted from 1. Who changes it first has that event. */
export const NEXT = 0;
/** Kilobytes that the worker's JavaScript used when it last answered. */
export const MEMORY_KB = 1;
export const SHARED_INTEGERS = 2;

/**
 * To the worker: request id, payload, request id, payload, … of events to handle one after the other, those that have
 * been taken back left out. Strings are copied in a third of the time that objects of them take.
 */
export type EventMessages = readonly string[];

/** From the worker. */
export type RuntimeMessage =
  /** What the handler returned, as JSON. */
  | string
  | { readonly type: 'initialized' }
  /** Text for the function's log. */
  | { readonly type: 'line'; readonly line: string }
  /** The handler threw; or, `fatal`, the worker is about to exit: the module did not load, or nobody caught what was thrown. */
  | {
      readonly type: 'error';
      readonly error: RuntimeError;
      readonly fatal: boolean;
    };

/** What Lambda's runtime makes of anything thrown. */
export interface RuntimeError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}
