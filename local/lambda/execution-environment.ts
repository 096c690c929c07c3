import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { projectRoot } from '../../tools/project-root';
import type { LambdaFunction } from '../terraform/model';
import { exited, type Failure, outOfMemory, responseTooLarge, thrown, timedOut } from './errors';
import type { Log } from '../log/log';
import type { InvocationResult } from './invoker';
import { INIT_LIMIT_SECONDS, PAYLOAD_LIMIT } from './limits';
import type { InvokeMessage, RuntimeMessage, RuntimeSettings } from './messages';

const RUNTIME = path.join(projectRoot, 'build/programs/local/lambda/worker.js');

export interface ExecutionEnvironmentOptions {
  readonly fn: LambdaFunction;
  readonly taskRoot: string;
  /** All its environment variables. */
  readonly variables: Record<string, string>;
  readonly log: Log;
}

/** An event with all that its environment has to know of it. */
export interface Event {
  readonly requestId: string;
  readonly payload: string;
  /** Hears what is logged while the event is handled. */
  readonly tail?: Log;
}

/** What came of an invocation, and what it took. */
export interface Completion {
  readonly result: InvocationResult;
  readonly durationMs: number;
}

/** A worker thread with one function in it, which handles one event at a time. */
export class ExecutionEnvironment {
  /** Settles when the function is loaded, or with the reason why it could not be. */
  readonly initialized: Promise<Failure | undefined>;
  /** Milliseconds that loading took. */
  initDurationMs = 0;
  /** The most memory its JavaScript was seen to use. */
  maxMemoryBytes = 0;
  /** Events it was given. */
  invocations = 0;

  private readonly worker: Worker;
  private finishInit: (failure?: Failure) => void = () => undefined;
  private finishEvent: ((outcome: Failure | string) => void) | undefined;
  private tail: Log | undefined;
  private ended = false;

  constructor(private readonly options: ExecutionEnvironmentOptions) {
    const { fn, taskRoot, variables } = options;
    const settings: RuntimeSettings = { handler: fn.handler, taskRoot };
    const startedAt = performance.now();
    this.worker = new Worker(RUNTIME, {
      name: fn.name,
      env: variables,
      argv: [],
      execArgv: [],
      workerData: settings,
      resourceLimits: { maxOldGenerationSizeMb: fn.memoryMb },
    });
    const limit = setTimeout(() => {
      this.end(timedOut(INIT_LIMIT_SECONDS));
    }, INIT_LIMIT_SECONDS * 1000);
    this.initialized = new Promise((resolve) => {
      this.finishInit = (failure) => {
        clearTimeout(limit);
        this.initDurationMs = performance.now() - startedAt;
        resolve(failure);
      };
    });
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

  /** False once it crashed, timed out or was ended: it takes no further event. */
  get alive(): boolean {
    return !this.ended;
  }

  /** Handles one event. Only for an environment that is alive and has none at hand. */
  invoke({ requestId, payload, tail }: Event): Promise<Completion> {
    const { arn: functionArn, timeoutSeconds } = this.options.fn;
    const startedAt = performance.now();
    this.invocations += 1;
    this.tail = tail;
    return new Promise((resolve) => {
      const timeout = setTimeout(() => {
        this.end(timedOut(timeoutSeconds));
      }, timeoutSeconds * 1000);
      this.finishEvent = (outcome) => {
        clearTimeout(timeout);
        this.finishEvent = undefined;
        resolve({ result: resultOf(outcome, requestId), durationMs: performance.now() - startedAt });
      };
      const deadline = Date.now() + timeoutSeconds * 1000;
      const message: InvokeMessage = { requestId, functionArn, deadline, payload };
      this.worker.postMessage(message);
    });
  }

  /** Ends the worker, whatever it does. */
  async close(): Promise<void> {
    this.end(exited(0));
    await this.worker.terminate();
  }

  private hear(message: RuntimeMessage): void {
    switch (message.type) {
      case 'initialized':
        this.finishInit();
        break;
      case 'line':
        this.note(message.line);
        break;
      case 'response':
        this.maxMemoryBytes = Math.max(this.maxMemoryBytes, message.memoryBytes);
        this.finishEvent?.(message.payload);
        break;
      case 'error':
        this.maxMemoryBytes = Math.max(this.maxMemoryBytes, message.memoryBytes);
        if (message.fatal) this.end(thrown(message.error));
        else this.finishEvent?.(thrown(message.error));
        break;
    }
  }

  private note(line: string): void {
    const entry = { type: 'function', functionName: this.options.fn.name, line } as const;
    this.options.log(entry);
    this.tail?.(entry);
  }

  private end(failure: Failure): void {
    if (this.ended) return;
    this.ended = true;
    this.finishInit(failure);
    this.finishEvent?.(failure);
    void this.worker.terminate();
  }
}

function resultOf(outcome: Failure | string, requestId: string): InvocationResult {
  if (typeof outcome !== 'string') return outcome(requestId);
  if (Buffer.byteLength(outcome) > PAYLOAD_LIMIT) return responseTooLarge(requestId);
  return { outcome: 'success', payload: outcome };
}
