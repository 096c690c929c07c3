import { availableParallelism } from 'node:os';
import type { LogEntry } from '../log/log';
import type { LambdaFunction } from '../terraform/model';
import { exited, type Failure } from './errors';
import type { Completion, ExecutionEnvironment } from './execution-environment';
import type { Invocation, InvocationResult } from './invoker';
import { UNRESERVED_CONCURRENCY } from './limits';
import { reportOf } from './report';

/** Loading is work for a processor: more at a time would only make each slower. */
const STARTING_AT_ONCE = availableParallelism();

/**
 * How long an event waits before it gets one more environment than there were before. Sooner, one that is running is
 * likely to be free; and few threads in turn are faster than many at once.
 */
const GROW_AFTER_MS = 10;

export interface FunctionPoolOptions {
  readonly fn: LambdaFunction;
  readonly start: () => ExecutionEnvironment;
  readonly log: (entry: LogEntry) => void;
}

interface Pending extends Invocation {
  readonly requestId: string;
  readonly since: number;
  readonly resolve: (result: InvocationResult) => void;
}

/** The execution environments of one version of a function, as many as its requests overlap. */
export class FunctionPool {
  private readonly environments = new Set<ExecutionEnvironment>();
  /** The last one used is the next one used: the others may retire. */
  private readonly idle: { readonly environment: ExecutionEnvironment; readonly since: number }[] = [];
  private readonly queue: Pending[] = [];
  private starting = 0;
  private running = 0;
  private draining = false;
  /** How many environments may run at the same time now. */
  private width = 1;
  private adjustment: NodeJS.Timeout | undefined;

  constructor(private readonly options: FunctionPoolOptions) {}

  /** Handles an event in the first environment that is free; refuses beyond the reserved concurrency. */
  invoke(invocation: Invocation, requestId: string): Promise<InvocationResult> {
    const { reservedConcurrency = Infinity } = this.options.fn;
    if (this.running + this.queue.length >= reservedConcurrency) {
      return Promise.resolve({ outcome: 'refused', reason: 'throttled', message: 'Rate Exceeded.' });
    }
    return new Promise((resolve) => {
      this.queue.push({ ...invocation, requestId, resolve, since: performance.now() });
      this.serve();
    });
  }

  /** Ends the environments that nobody used for so long. */
  retire(idleMs: number): void {
    const latest = performance.now() - idleMs;
    const used = this.idle.findIndex(({ since }) => since > latest);
    for (const { environment } of this.idle.splice(0, used < 0 ? this.idle.length : used)) {
      this.drop(environment);
    }
  }

  /** Answers what it was asked already, then ends. */
  drain(): void {
    this.draining = true;
    for (const { environment } of this.idle.splice(0)) this.drop(environment);
  }

  /** Ends at once; what is under way fails. */
  async close(): Promise<void> {
    this.drain();
    for (const { requestId, resolve } of this.queue.splice(0)) resolve(exited(0)(requestId));
    await Promise.all([...this.environments].map((environment) => environment.close()));
  }

  private serve(): void {
    while (this.queue.length > 0 && this.running < this.width) {
      const free = this.idle.pop();
      if (free === undefined) break;
      if (free.environment.alive) this.run(free.environment);
      else this.environments.delete(free.environment);
    }
    if (this.queue.length === 0) return;
    if (this.environments.size < this.width && this.starting < STARTING_AT_ONCE) this.start();
    this.adjustment ??= setTimeout(() => {
      this.adjustment = undefined;
      this.adjust();
    }, GROW_AFTER_MS);
  }

  /** Widens by those who wait too long; narrows when nobody does. */
  private adjust(): void {
    const { reservedConcurrency: limit = UNRESERVED_CONCURRENCY } = this.options.fn;
    const late = performance.now() - GROW_AFTER_MS;
    const waiting = this.queue.findLastIndex(({ since }) => since <= late) + 1;
    this.width =
      waiting === 0 ? Math.max(1, this.width - 1) : Math.min(limit, this.running + this.starting + waiting);
    this.serve();
  }

  private start(): void {
    const environment = this.options.start();
    this.environments.add(environment);
    this.starting += 1;
    void environment.initialized.then((failure) => {
      this.starting -= 1;
      if (failure) this.failFirst(environment, failure);
      else this.release(environment);
      this.serve();
    });
  }

  /** A function that does not load fails the request it was loaded for; the next one tries again. */
  private failFirst(environment: ExecutionEnvironment, failure: Failure): void {
    this.environments.delete(environment);
    const pending = this.queue.shift();
    if (!pending) return;
    this.begin(pending);
    this.complete(environment, pending, { result: failure(pending.requestId), durationMs: 0 });
  }

  private run(environment: ExecutionEnvironment): void {
    const pending = this.queue.shift();
    if (!pending) return;
    this.running += 1;
    this.begin(pending);
    void environment.invoke(pending).then((completion) => {
      this.running -= 1;
      this.complete(environment, pending, completion);
      this.release(environment);
      this.serve();
    });
  }

  private release(environment: ExecutionEnvironment): void {
    if (!environment.alive) this.environments.delete(environment);
    else if (this.draining && this.queue.length === 0) this.drop(environment);
    else this.idle.push({ environment, since: performance.now() });
  }

  private drop(environment: ExecutionEnvironment): void {
    this.environments.delete(environment);
    void environment.close();
  }

  private begin({ requestId, tail }: Pending): void {
    this.note({ type: 'platform.start', functionName: this.options.fn.name, requestId }, tail);
  }

  private complete(
    environment: ExecutionEnvironment,
    { requestId, tail, resolve }: Pending,
    completion: Completion,
  ): void {
    this.note(reportOf(this.options.fn, environment, requestId, completion), tail);
    resolve(completion.result);
  }

  private note(entry: LogEntry, tail: Invocation['tail']): void {
    this.options.log(entry);
    tail?.(entry);
  }
}
