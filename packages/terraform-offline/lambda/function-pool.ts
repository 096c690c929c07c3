import { availableParallelism } from 'node:os';
import type { LogEntry } from '../log/log';
import { oncePerTurn } from '../server/once-per-turn';
import type { LambdaFunction } from '../terraform/model';
import { exited, type Failure } from './errors';
import {
  type Completion,
  DEPTH,
  ExecutionEnvironment,
  type ExecutionEnvironmentOptions,
} from './execution-environment';
import type { Invocation, InvocationResult } from './invoker';
import { LastingLoad } from './lasting-load';
import { UNRESERVED_CONCURRENCY } from './limits';
import { reportOf } from './report';

/** Environments that may load at the same time: more would only take turns. */
const LOADING_AT_ONCE = availableParallelism();

/**
 * Environments that may work at the same time, at first and under lasting load: while one or two wait for their
 * database, the others have the processors. Each takes memory, and seconds to warm up.
 */
const AT_ONCE = { first: availableParallelism(), most: availableParallelism() + 2 };

/** An event that takes this long waits for something else, and leaves its processor to others. */
const WORKING_MS = 20;

/** An event that usually takes less is sooner done behind others than by waking a thread for it. */
const SHORT_MS = 1;

/** What an event gets that is under way when the pool is closed. */
const CLOSED = exited(0);

export interface FunctionPoolOptions {
  readonly fn: LambdaFunction;
  readonly runtime: string;
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
  private draining: (() => void) | undefined;
  private closed = false;
  /** How many environments may work, beside those that wait. */
  private atOnce = AT_ONCE.first;
  /** How many environments may have events now. */
  private width = AT_ONCE.first;
  private readonly load = new LastingLoad();
  /** What events took lately, each weighing a little less than the one after it. */
  private usualMs = WORKING_MS;
  private answers: (() => void)[] = [];
  private readonly serveSoon = oncePerTurn(() => {
    this.serve();
  });
  private readonly answerSoon = oncePerTurn(() => {
    const answers = this.answers;
    this.answers = [];
    for (const answer of answers) answer();
  });
  private adjustment: NodeJS.Timeout | undefined;
  private readonly callbacks: Pick<
    ExecutionEnvironmentOptions<Pending>,
    'onReady' | 'onBegin' | 'onComplete' | 'onFree' | 'onEnd'
  >;

  constructor(private readonly options: FunctionPoolOptions) {
    this.callbacks = {
      onReady: (environment) => {
        this.loaded.add(environment);
        this.takeBack();
        this.serve();
      },
      onBegin: ({ requestId, tail }) => {
        this.note({ type: 'platform.start', functionName: options.fn.name, requestId }, tail);
      },
      onComplete: (event, completion, environment) => {
        this.complete(event, completion, environment);
      },
      onFree: () => {
        this.serve();
      },
      onEnd: ({ notBegun, loadFailure }, environment) => {
        this.environments.delete(environment);
        this.loaded.delete(environment);
        this.atOnce = Math.max(AT_ONCE.first, Math.min(this.atOnce, this.loaded.size));
        this.queue.unshift(...notBegun);
        // A function that does not load fails the event it was loaded for; the next one tries again.
        if (loadFailure) this.failNext(loadFailure, environment);
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
    if (this.closed) return Promise.resolve(CLOSED(requestId));
    this.pending += 1;
    return new Promise((resolve) => {
      const { functionArn, payload, tail } = invocation;
      this.queue.push({ functionArn, payload, tail, requestId, since: performance.now(), resolve });
      this.serveSoon();
    });
  }

  /** Ends the environments that nobody used for so long; all but the last used one after a tenth of it. */
  retire(idleMs: number): void {
    const now = performance.now();
    const lastUsed = Math.max(...[...this.loaded].map((environment) => environment.lastUsed));
    this.endIdle((environment) => {
      const isSpare = environment.lastUsed < lastUsed;
      return now - environment.lastUsed >= (isSpare ? idleMs / 10 : idleMs);
    });
  }

  /** Answers what it was asked already, then ends; resolves when it has. */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.draining = resolve;
      this.serve();
    });
  }

  /** Ends at once; what is under way fails. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.adjustment);
    await Promise.all([...this.environments].map((environment) => environment.close()));
    for (const { requestId, resolve } of this.queue.splice(0)) resolve(CLOSED(requestId));
  }

  private endIdle(isWanted: (environment: Environment) => boolean): void {
    for (const environment of this.loaded) {
      if (environment.load === 0 && isWanted(environment)) void environment.close();
    }
  }

  private finishDraining(drained: () => void): void {
    this.endIdle(() => true);
    if (this.environments.size === 0) drained();
  }

  private serve(): void {
    if (this.closed) return;
    while (this.queue.length > 0) {
      const environment = this.free();
      const event = environment && this.queue.shift();
      if (!event) break;
      environment.dispatch(event);
    }
    for (const environment of this.loaded) environment.send();
    if (this.pending === 0) {
      if (this.draining) this.finishDraining(this.draining);
      return;
    }
    if (this.environments.size === 0) this.start();
    this.adjustment ??= setTimeout(() => {
      this.adjustment = undefined;
      this.adjust();
    }, WORKING_MS);
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
    const isShort = this.usualMs < SHORT_MS && least !== undefined;
    return busy < this.width && !isShort ? (idle ?? least) : least;
  }

  /** Makes room beside the events that take long. */
  private adjust(): void {
    this.takeBack();
    const { reservedConcurrency: limit = UNRESERVED_CONCURRENCY } = this.options.fn;
    const busy = [...this.loaded].filter(({ load }) => load > 0);
    const waiting = busy.filter(({ beganAt }) => performance.now() - beganAt >= WORKING_MS);
    if (this.load.hasLasted(busy.length >= this.width)) this.atOnce = Math.min(AT_ONCE.most, this.atOnce + 1);
    this.width = Math.min(limit, this.atOnce + waiting.length);
    const wanted = Math.min(this.width, busy.length + this.queue.length) - this.environments.size;
    const starting = this.environments.size - this.loaded.size;
    for (let i = 0; i < Math.min(wanted, LOADING_AT_ONCE - starting); i++) this.start();
    this.serve();
  }

  /** What has not begun may begin elsewhere. */
  private takeBack(): void {
    for (const environment of this.loaded) this.queue.push(...environment.takeBack());
    this.queue.sort((a, b) => a.since - b.since);
  }

  private start(): void {
    const { variables, ...options } = this.options;
    this.environments.add(
      new ExecutionEnvironment({ ...options, variables: variables(), ...this.callbacks }),
    );
  }

  private failNext(failure: Failure, environment: Environment): void {
    const event = this.queue.shift();
    if (!event) return;
    this.callbacks.onBegin(event);
    this.complete(event, { result: failure(event.requestId), durationMs: 0 }, environment);
  }

  private complete(
    { requestId, tail, resolve }: Pending,
    completion: Completion,
    environment: Environment,
  ): void {
    this.pending -= 1;
    this.usualMs += (completion.durationMs - this.usualMs) / 10;
    this.note(reportOf(this.options.fn, environment, requestId, completion), tail);
    this.answers.push(() => {
      resolve(completion.result);
    });
    this.answerSoon();
  }

  private note(entry: LogEntry, tail: Invocation['tail']): void {
    this.options.log(entry);
    tail?.(entry);
  }
}
