/** Something that happened, as whoever shows it takes it. */
export type LogEntry = Notice | AccessLine | FunctionLine | FunctionStart | FunctionReport;

/** Takes note of what happens. Never throws, never waits. */
export type Log = (entry: LogEntry) => void;

/** A message of the local cloud's own: what it does, what is missing in a stack, what failed. */
export interface Notice {
  readonly type: 'notice';
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

/** A request was answered. */
export interface AccessLine {
  readonly type: 'access';
  readonly method: string;
  /** With the query, undecoded. */
  readonly path: string;
  readonly status: number;
  readonly milliseconds: number;
}

/** What a function logged, or wrote to standard output or error: one line, or a message of several. */
export interface FunctionLine {
  readonly type: 'function';
  readonly functionName: string;
  /** Of the event that it handled; undefined for what it wrote while it had none. */
  readonly requestId?: string | undefined;
  readonly line: string;
}

/** Lambda's START. https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-start */
export interface FunctionStart {
  readonly type: 'platform.start';
  readonly functionName: string;
  readonly requestId: string;
  /** `$LATEST`, or the number of a published one. */
  readonly version: string;
}

/** Lambda's REPORT. https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html#platform-report */
export interface FunctionReport {
  readonly type: 'platform.report';
  readonly functionName: string;
  readonly requestId: string;
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType: string | undefined;
  readonly metrics: InvocationMetrics;
}

export interface InvocationMetrics {
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly memorySizeMB: number;
  readonly maxMemoryUsedMB: number;
  /** Only when this invocation waited for a cold start. */
  readonly initDurationMs: number | undefined;
}
