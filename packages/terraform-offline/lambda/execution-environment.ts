import { Worker } from 'node:worker_threads';
import type { Log } from '../log/log';
import type { LambdaFunction } from '../terraform/model';
import { exited, type Failure, outOfMemory, responseTooLarge, thrown, timedOut } from './errors';
import type { InvocationResult } from './invoker';
import { INIT_LIMIT_SECONDS, PAYLOAD_LIMIT } from './limits';
import {
  type EventMessages,
  MEMORY_KB,
  NEXT,
  type RuntimeMessage,
  type RuntimeSettings,
  SHARED_INTEGERS,
} from './messages';

/** Events that may lie in wait in a worker: it goes on to the next one without being woken. */
export const DEPTH = 16;

/** A third of what V8 would let it grow to: in dozens of environments that makes the difference between flat and not. */
const YOUNG_GENERATION_MB = 16;

/** An event with all that its environment has to know of it. */
export interface Event {
  readonly requestId: string;
  readonly payload: string;
  /** Hears what is logged while the event is handled. */
  readonly tail?: Log;
}

/** What came of an event, and what it took. */
export interface Completion {
  readonly result: InvocationResult;
  readonly durationMs: number;
}

export interface ExecutionEnvironmentOptions<E extends Event> {
  readonly fn: LambdaFunction;
  /** The program of the worker thread. */
  readonly runtime: string;
  readonly taskRoot: string;
  /** All its environment variables. */
  readonly variables: Record<string, string>;
  readonly log: Log;
  /** The function is loaded: it can take events. */
  readonly onReady: (environment: ExecutionEnvironment<E>) => void;
  readonly onBegin: (event: E) => void;
  readonly onComplete: (event: E, completion: Completion, environment: ExecutionEnvironment<E>) => void;
  /** It can take one more event. */
  readonly onFree: () => void;
  /** It crashed, timed out, was closed or did not load. */
  readonly onEnd: (end: End<E>, environment: ExecutionEnvironment<E>) => void;
}

export interface End<E extends Event> {
  /** Events it was handed and had not begun. */
  readonly notBegun: readonly E[];
  /** Why the function could not be loaded; undefined when it was. */
  readonly loadFailure: Failure | undefined;
}

/** A worker thread with one function in it, which handles one event at a time. */
export class ExecutionEnvironment<E extends Event = Event> {
  /** Milliseconds that loading took. */
  initDurationMs = 0;
  /** The most memory its JavaScript was seen to use. */
  maxMemoryBytes = 0;
  /** Events it began. */
  invocations = 0;
  /** When it began to load, then when the event at hand began, or the last one if there is none. */
  beganAt = performance.now();
  /** When it last had something to do. */
  lastUsed = performance.now();

  private readonly worker: Worker;
  private readonly shared = new Int32Array(
    new SharedArrayBuffer(SHARED_INTEGERS * Int32Array.BYTES_PER_ELEMENT),
  );
  /** The first one has begun. */
  private readonly events: { readonly number: number; readonly event: E }[] = [];
  private dispatched = 0;
  private unsent: string[] = [];
  /** Ends what takes too long; runs on between events, since setting it costs more than it going off for nothing. */
  private timer: NodeJS.Timeout | undefined;
  private ready = false;
  private ended = false;

  constructor(private readonly options: ExecutionEnvironmentOptions<E>) {
    const { fn, runtime, taskRoot, variables } = options;
    this.shared[NEXT] = 1;
    const settings: RuntimeSettings = {
      handler: fn.handler,
      taskRoot,
      functionArn: fn.arn,
      timeoutMs: fn.timeoutSeconds * 1000,
      shared: this.shared.buffer,
    };
    this.worker = new Worker(runtime, {
      name: fn.name,
      env: variables,
      argv: [],
      execArgv: [],
      workerData: settings,
      resourceLimits: {
        maxOldGenerationSizeMb: fn.memoryMb,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      },
    });
    this.timer = setTimeout(() => {
      this.end(timedOut(INIT_LIMIT_SECONDS));
    }, INIT_LIMIT_SECONDS * 1000);
    this.worker.on('message', (message: RuntimeMessage) => {
      this.hear(message);
    });
    this.worker.on('error', (error: NodeJS.ErrnoException) => {
      this.end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory : exited(1));
    });
    this.worker.on('exit', (code) => {
      this.end(exited(code));
    });
  }

  /** Events it was handed and has not completed. */
  get load(): number {
    return this.events.length;
  }

  /** Hands it an event, to handle after those it has, with the next `send`. */
  dispatch(event: E): void {
    const number = (this.dispatched += 1);
    this.events.push({ number, event });
    this.unsent.push(event.requestId, event.payload);
    if (this.events.length === 1) this.begin(event);
  }

  /** Sends what was dispatched, at once: waking a thread costs more than what it is told. */
  send(): void {
    if (this.unsent.length === 0) return;
    this.worker.postMessage(this.unsent satisfies EventMessages);
    this.unsent = [];
  }

  /** Takes back the events that it has not begun. */
  takeBack(): E[] {
    const [first, second] = this.events;
    // Until the first one has begun no other can; taking them back now would take it back too.
    if (!first || !second || Atomics.load(this.shared, NEXT) <= first.number) return [];
    return this.events.splice(this.begun()).map(({ event }) => event);
  }

  /** How many of its events have begun; lets it begin none of the others. */
  private begun(): number {
    const next = Atomics.exchange(this.shared, NEXT, this.dispatched + 1);
    const at = this.events.findIndex(({ number }) => number >= next);
    return at < 0 ? this.events.length : at;
  }

  /** Ends the worker, whatever it does. */
  async close(): Promise<void> {
    this.end(exited(0));
    await this.worker.terminate();
  }

  private begin(event: E): void {
    this.invocations += 1;
    this.beganAt = performance.now();
    this.timer ??= this.timeoutAfter(this.options.fn.timeoutSeconds * 1000);
    this.options.onBegin(event);
  }

  private timeoutAfter(milliseconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.timer = undefined;
      if (this.events.length === 0) return;
      const { timeoutSeconds } = this.options.fn;
      const left = this.beganAt + timeoutSeconds * 1000 - performance.now();
      if (left > 0) this.timer = this.timeoutAfter(left);
      else this.end(timedOut(timeoutSeconds));
    }, milliseconds);
  }

  private becomeReady(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.ready = true;
    this.initDurationMs = performance.now() - this.beganAt;
    this.options.onReady(this);
  }

  private complete(outcome: Failure | string): void {
    const [first] = this.events;
    if (!first) return;
    const { event } = first;
    this.lastUsed = performance.now();
    this.maxMemoryBytes = Math.max(this.maxMemoryBytes, Atomics.load(this.shared, MEMORY_KB) * 1024);
    const result = resultOf(outcome, event.requestId);
    this.options.onComplete(event, { result, durationMs: this.lastUsed - this.beganAt }, this);
    this.events.shift();
  }

  private hear(message: RuntimeMessage): void {
    // What a worker had said when it was ended is heard all the same.
    if (this.ended && (typeof message === 'string' || message.type !== 'line')) return;
    if (typeof message === 'string') return this.goOn(message);
    switch (message.type) {
      case 'line':
        return this.note(message.line);
      case 'initialized':
        return this.becomeReady();
      case 'error':
        return message.fatal ? this.end(thrown(message.error)) : this.goOn(thrown(message.error));
    }
  }

  private goOn(outcome: Failure | string): void {
    this.complete(outcome);
    if (this.events[0]) this.begin(this.events[0].event);
    this.options.onFree();
  }

  private note(line: string): void {
    const entry = { type: 'function', functionName: this.options.fn.name, line } as const;
    this.options.log(entry);
    this.events[0]?.event.tail?.(entry);
  }

  private end(failure: Failure): void {
    if (this.ended) return;
    this.ended = true;
    const notBegun = this.events.splice(Math.max(1, this.begun())).map(({ event }) => event);
    this.complete(failure);
    // What it began behind the answers that have not been heard yet.
    while (this.events[0]) {
      this.begin(this.events[0].event);
      this.complete(failure);
    }
    clearTimeout(this.timer);
    void this.worker.terminate();
    if (!this.ready) this.initDurationMs = performance.now() - this.beganAt;
    this.options.onEnd({ notBegun, loadFailure: this.ready ? undefined : failure }, this);
  }
}

function resultOf(outcome: Failure | string, requestId: string): InvocationResult {
  if (typeof outcome !== 'string') return outcome(requestId);
  if (Buffer.byteLength(outcome) > PAYLOAD_LIMIT) return responseTooLarge(requestId);
  return { outcome: 'success', payload: outcome };
}
