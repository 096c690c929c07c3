import { availableParallelism } from 'node:os';
import type { LogEntry } from '../log/log';
import type { LambdaFunction } from '../terraform/model';
import { exited } from './errors';
import {
  type Completion,
  DEPTH,
  ExecutionEnvironment,
  type ExecutionEnvironmentOptions,
} from './execution-environment';
import type { Invocation, InvocationResult } from './invoker';
import { UNRESERVED_CONCURRENCY } from './limits';
import { reportOf } from './report';

/** Loading is work for a processor: more at a time would only make each slower. */
const STARTING_AT_ONCE = availableParallelism();

/**
 * How long an event waits before it gets an environment more than there were. Sooner, one that is running is likely to
 * be free; and few threads in turn are faster than many at once.
 */
const PATIENCE_MS = 10;

export interface FunctionPoolOptions {
  readonly fn: LambdaFunction;
  readonly taskRoot: string;
  /** The environment variables of one more execution environment. */
  readonly variables: () => Record<string, string>;
  readonly log: (entry: LogEntry) => void;
}

interface Pending extends Invocation {
  readonly requestId: string;
  readonly since: number;
  readonly resolve: (result: InvocationResult) => void;
}

type Environment = ExecutionEnvironment<Pending>;

/** The execution environments of one version of a function, as many as its requests overlap. */
export class FunctionPool {
  private readonly environments = new Set<Environment>();
  private readonly loaded = new Set<Environment>();
  /** Events that no environment has; those that one has but has not begun may come back. */
  private readonly queue: Pending[] = [];
  private pending = 0;
  private draining = false;
  /** How many environments may have events now. */
  private width = 1;
  private adjustment: NodeJS.Timeout | undefined;
  private readonly callbacks: Pick<
    ExecutionEnvironmentOptions<Pending>,
    'onBegin' | 'onComplete' | 'onFree' | 'onEnd'
  >;

  constructor(private readonly options: FunctionPoolOptions) {
    this.callbacks = {
      onBegin: ({ requestId, tail }) => {
        this.note({ type: 'platform.start', functionName: options.fn.name, requestId }, tail);
      },
      onComplete: (event, completion, environment) => {
        this.complete(event, completion, environment);
      },
      onFree: () => {
        this.serve();
      },
      onEnd: (notBegun, environment) => {
        this.environments.delete(environment);
        this.loaded.delete(environment);
        this.queue.unshift(...notBegun);
        this.serve();
      },
    };
  }

  /** Handles an event as soon as an environment is free; refuses beyond the reserved concurrency. */
  invoke(invocation: Invocation, requestId: string): Promise<InvocationResult> {
    const { reservedConcurrency = Infinity } = this.options.fn;
    if (this.pending >= reservedConcurrency) {
      return Promise.resolve({ outcome: 'refused', reason: 'throttled', message: 'Rate Exceeded.' });
    }
    this.pending += 1;
    return new Promise((resolve) => {
      this.queue.push({ ...invocation, requestId, since: performance.now(), resolve });
      this.serve();
    });
  }

  /** Ends the environments that nobody used for so long. */
  retire(idleMs: number): void {
    const latest = performance.now() - idleMs;
    this.endIdle(({ lastUsed }) => lastUsed <= latest);
  }

  /** Answers what it was asked already, then ends. */
  drain(): void {
    this.draining = true;
    this.endIdle(() => true);
  }

  /** Ends at once; what is under way fails. */
  async close(): Promise<void> {
    this.draining = true;
    for (const { requestId, resolve } of this.queue.splice(0)) resolve(exited(0)(requestId));
    await Promise.all([...this.environments].map((environment) => environment.close()));
    clearTimeout(this.adjustment);
  }

  private endIdle(isWanted: (environment: Environment) => boolean): void {
    for (const environment of this.loaded) {
      if (environment.load === 0 && isWanted(environment)) void environment.close();
    }
  }

  private serve(): void {
    while (this.queue.length > 0) {
      const environment = this.free();
      const event = environment && this.queue.shift();
      if (!event) break;
      environment.dispatch(event);
    }
    if (this.pending === 0) {
      if (this.draining) this.endIdle(() => true);
      return;
    }
    if (this.environments.size === 0) this.start();
    this.adjustment ??= setTimeout(() => {
      this.adjustment = undefined;
      this.adjust();
    }, PATIENCE_MS);
  }

  /** Among those that may have events: the last used of the idle ones, else the least loaded. */
  private free(): Environment | undefined {
    let idle: Environment | undefined;
    let least: Environment | undefined;
    let busy = 0;
    for (const environment of this.loaded) {
      if (environment.load === 0) {
        if (!idle || environment.lastUsed > idle.lastUsed) idle = environment;
        continue;
      }
      busy += 1;
      if (environment.load < (least?.load ?? DEPTH)) least = environment;
    }
    return busy < this.width ? (idle ?? least) : least;
  }

  /** Widens by those who wait too long; narrows when nobody does. */
  private adjust(): void {
    this.takeBack();
    const late = performance.now() - PATIENCE_MS;
    const waiting = this.queue.filter(({ since }) => since <= late).length;
    const { reservedConcurrency: limit = UNRESERVED_CONCURRENCY } = this.options.fn;
    const busy = [...this.loaded].filter(({ load }) => load > 0).length;
    this.width = waiting === 0 ? Math.max(1, this.width - 1) : Math.min(limit, busy + waiting);
    const starting = this.environments.size - this.loaded.size;
    const missing = Math.min(this.width - this.environments.size, STARTING_AT_ONCE - starting);
    for (let i = 0; i < missing; i++) this.start();
    this.serve();
  }

  /** What has not begun may begin elsewhere. */
  private takeBack(): void {
    for (const environment of this.loaded) this.queue.push(...environment.takeBack());
    this.queue.sort((a, b) => a.since - b.since);
  }

  private start(): void {
    const { fn, taskRoot, variables, log } = this.options;
    const environment: Environment = new ExecutionEnvironment({
      ...{ fn, taskRoot, log, variables: variables() },
      ...this.callbacks,
    });
    this.environments.add(environment);
    void environment.initialized.then((failure) => {
      if (!failure) {
        this.loaded.add(environment);
        this.takeBack();
      }
      // A function that does not load fails the event it was loaded for; the next one tries again.
      const event = failure && this.queue.shift();
      if (event) {
        this.callbacks.onBegin(event);
        this.complete(event, { result: failure(event.requestId), durationMs: 0 }, environment);
      }
      this.serve();
    });
  }

  private complete(
    { requestId, tail, resolve }: Pending,
    completion: Completion,
    environment: Environment,
  ): void {
    this.pending -= 1;
    this.note(reportOf(this.options.fn, environment, requestId, completion), tail);
    resolve(completion.result);
  }

  private note(entry: LogEntry, tail: Invocation['tail']): void {
    this.options.log(entry);
    tail?.(entry);
  }
}
