import type { Clock } from '../clock';
import type { Log, LogEntry } from '../log/log';
import { exited, type Failure } from './errors';
import {
  type Completion,
  type Event,
  ExecutionEnvironment,
  type ExecutionEnvironmentOptions,
} from './execution-environment';
import type { InvocationResult } from './invoker';
import type { Concurrency } from './limits';
import { MemoryWatch } from './memory';
import { reportOf } from './report';
import type { DeployedVersion } from './version';

/** What an event gets that is under way when all is closed. */
const CLOSED = exited({ code: 0 });

export interface EnvironmentsOptions {
  readonly concurrency: Concurrency;
  /** For a debugger: one environment per function, without limits of time and memory. */
  readonly inspect: boolean;
  readonly log: Log;
  readonly clock: Clock;
  /** What one more environment of a version is started with. */
  readonly start: (
    version: DeployedVersion,
  ) => Pick<ExecutionEnvironmentOptions<Pending>, 'runtimeApi' | 'reaper' | 'program' | 'log'>;
}

/** An event that waits for its result. */
interface Pending extends Event {
  readonly version: DeployedVersion;
  readonly resolve: (result: InvocationResult) => void;
}

type Environment = ExecutionEnvironment<Pending>;

/**
 * The execution environments of all functions. An event gets an idle one, else a new one below the limits, else it
 * waits: first come, first served.
 */
export class Environments {
  private readonly environments = new Set<Environment>();
  private readonly queue: Pending[] = [];
  /** Events that wait or are handled, by the ARN of their function. */
  private readonly pending = new Map<string, number>();
  private readonly memory = new MemoryWatch(this.environments);
  private readonly draining = new Map<DeployedVersion, () => void>();
  private closed = false;

  constructor(private readonly options: EnvironmentsOptions) {}

  /** Handles an event as soon as there is an environment for it; refuses beyond the function's reserved concurrency. */
  invoke(version: DeployedVersion, event: Event): Promise<InvocationResult> {
    const { arn, reservedConcurrency = Infinity } = version.fn;
    const pending = this.pending.get(arn) ?? 0;
    if (pending >= reservedConcurrency) {
      return Promise.resolve({ outcome: 'refused', reason: 'throttled', message: 'Rate Exceeded.' });
    }
    if (this.closed) return Promise.resolve(CLOSED(event.requestId));
    this.pending.set(arn, pending + 1);
    return new Promise((resolve) => {
      this.queue.push({ ...event, version, resolve });
      this.serve();
    });
  }

  /** Loads a function before its first event. */
  prepare(version: DeployedVersion): void {
    this.start(version);
  }

  /** Ends the environments that nobody used for so long; all but a version's last used one after a tenth of it. */
  retire(idleMs: number): void {
    const now = this.options.clock.now();
    for (const environment of this.environments) {
      if (environment.state !== 'idle') continue;
      const isSpare = lastUsed(this.of(environment.version)) !== environment;
      if (now - environment.lastUsed >= (isSpare ? idleMs / 10 : idleMs)) void environment.close();
    }
  }

  /** Answers what a version was asked already, then ends its environments; resolves when they have ended. */
  drain(version: DeployedVersion): Promise<void> {
    return new Promise((resolve) => {
      this.draining.set(version, resolve);
      this.endDrained();
    });
  }

  /** Ends at once; what is under way fails. */
  async close(): Promise<void> {
    this.closed = true;
    this.memory.stop();
    await Promise.all([...this.environments].map((environment) => environment.close()));
    for (const { requestId, resolve } of this.queue.splice(0)) resolve(CLOSED(requestId));
    this.endDrained();
  }

  private of(version: DeployedVersion): Environment[] {
    return [...this.environments].filter((environment) => environment.version === version);
  }

  private serve(): void {
    if (this.closed) return;
    /** Environments that load already, for events further ahead. */
    const loading = new Map<DeployedVersion, number>();
    for (const event of [...this.queue]) {
      const { version } = event;
      const environments = this.of(version);
      const idle = lastUsed(environments.filter(({ state }) => state === 'idle'));
      if (idle) {
        this.queue.splice(this.queue.indexOf(event), 1);
        this.begin(event, idle);
        continue;
      }
      const ahead = loading.get(version) ?? 0;
      loading.set(version, ahead + 1);
      if (environments.filter(({ state }) => state === 'loading').length > ahead) continue;
      if (environments.length < this.limitOf(version) && this.hasRoom()) this.start(version);
    }
    this.endDrained();
  }

  private limitOf({ fn }: DeployedVersion): number {
    const { inspect, concurrency } = this.options;
    return inspect ? 1 : (fn.reservedConcurrency ?? concurrency.perFunction);
  }

  /** Whether there may be one more; when not, the one that has been idle longest makes room. */
  private hasRoom(): boolean {
    if (this.environments.size < this.options.concurrency.overall) return true;
    const idle = [...this.environments].filter(({ state }) => state === 'idle');
    const [oldest] = idle.sort((a, b) => a.lastUsed - b.lastUsed);
    void oldest?.close();
    return oldest !== undefined;
  }

  private start(version: DeployedVersion): void {
    const environment: Environment = new ExecutionEnvironment({
      ...this.options.start(version),
      version,
      clock: this.options.clock,
      isLimited: !this.options.inspect,
      onIdle: () => {
        this.serve();
      },
      onComplete: (event, completion) => {
        this.complete(event, completion, environment);
      },
      onEnd: (loadFailure) => {
        this.environments.delete(environment);
        // A function that does not load fails the event it was loaded for; the next one tries again.
        if (loadFailure && !this.closed) this.failNext(loadFailure, environment);
        // It may have been ended to make room, by whoever serves right now.
        queueMicrotask(() => {
          this.serve();
        });
      },
    });
    this.environments.add(environment);
    this.memory.start();
  }

  private begin(event: Pending, environment: Environment): void {
    const { fn, number } = environment.version;
    const { requestId } = event;
    this.note({ type: 'platform.start', functionName: fn.name, requestId, version: number }, event);
    this.memory.start();
    environment.dispatch(event);
  }

  private failNext(failure: Failure, environment: Environment): void {
    const at = this.queue.findIndex(({ version }) => version === environment.version);
    const [event] = at < 0 ? [] : this.queue.splice(at, 1);
    if (!event) return;
    const { name } = event.version.fn;
    const { requestId } = event;
    this.note(
      { type: 'platform.start', functionName: name, requestId, version: event.version.number },
      event,
    );
    this.complete(event, { result: failure(requestId), durationMs: 0 }, environment);
  }

  private complete(event: Pending, completion: Completion, environment: Environment): void {
    const { fn } = event.version;
    this.pending.set(fn.arn, (this.pending.get(fn.arn) ?? 1) - 1);
    this.note(reportOf(fn, environment, event.requestId, completion), event);
    event.resolve(completion.result);
  }

  private note(entry: LogEntry, { tail, version }: Pending): void {
    if (isDropped(entry, version.fn.systemLogLevel)) return;
    this.options.log(entry);
    tail?.(entry);
  }

  private endDrained(): void {
    for (const [version, drained] of this.draining) {
      if (this.queue.some((event) => event.version === version)) continue;
      const environments = this.of(version);
      for (const environment of environments) if (environment.state !== 'busy') void environment.close();
      if (environments.length > 0) continue;
      this.draining.delete(version);
      drained();
    }
  }
}

function lastUsed(environments: readonly Environment[]): Environment | undefined {
  return environments.reduce<Environment | undefined>(
    (latest, one) => (latest && latest.lastUsed > one.lastUsed ? latest : one),
    undefined,
  );
}

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html#monitoring-cloudwatchlogs-log-level-mapping */
function isDropped(entry: LogEntry, level: string | undefined): boolean {
  if (level !== 'WARN') return false;
  return entry.type === 'platform.start' || (entry.type === 'platform.report' && entry.status === 'success');
}
