import type { Clock } from '../clock';
import type { Log } from '../log/log';
import { exited, type Failure, notStarted, outOfMemory, responseTooLarge, thrown, timedOut } from './errors';
import { FunctionLog } from './function-log';
import type { InvocationResult } from './invoker';
import { INIT_LIMIT_SECONDS } from './limits';
import { measureNow } from './memory';
import type { RuntimeApi, RuntimeEvent } from './runtime-api';
import { type Sandbox, startSandbox } from './sandbox';
import type { ProcessReaper } from './process-reaper';
import type { DeployedVersion } from './version';

const MB = 1024 * 1024;

/** What an event uses is measured at its end, unless it was as short as that, and the one before was measured. */
const MEASURE_MS = 50;

/** An event with all that its environment has to know of it. */
export interface Event {
  readonly requestId: string;
  readonly payload: string;
  readonly invokedFunctionArn: string;
  readonly traceId: string;
  /** JSON text. */
  readonly clientContext?: string | undefined;
  /** Hears what is logged while the event is handled. */
  readonly tail?: Log | undefined;
}

/** What came of an event, and what it took. */
export interface Completion {
  readonly result: InvocationResult;
  readonly durationMs: number;
}

export interface ExecutionEnvironmentOptions<E extends Event> {
  readonly version: DeployedVersion;
  readonly runtimeApi: RuntimeApi;
  readonly reaper: ProcessReaper;
  /** The program that runs the function, its arguments and environment variables. */
  readonly program: (runtimeApi: string) => Promise<Program> | Program;
  /** Whether there are limits of time and memory; a debugger stops their clocks. */
  readonly isLimited: boolean;
  readonly clock: Clock;
  /** Takes what the function writes, and the event that it handles meanwhile, if it does. */
  readonly log: (line: string, requestId: string | undefined) => void;
  /** It waits for an event. */
  readonly onIdle: (environment: ExecutionEnvironment<E>) => void;
  readonly onComplete: (event: E, completion: Completion, environment: ExecutionEnvironment<E>) => void;
  /** It crashed, timed out, was closed or did not load: `loadFailure` says why. */
  readonly onEnd: (loadFailure: Failure | undefined, environment: ExecutionEnvironment<E>) => void;
}

export interface Program {
  readonly command: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

type State = 'loading' | 'idle' | 'busy' | 'ended';

/** A process with one function in it, which handles one event at a time. */
export class ExecutionEnvironment<E extends Event = Event> {
  state: State = 'loading';
  /** Milliseconds that loading took. */
  initDurationMs = 0;
  /** The most memory it was seen to use. */
  maxMemoryBytes = 0;
  /** Events it began. */
  invocations = 0;
  /** When it last had something to do. */
  lastUsed: number;
  /** The process group; undefined before there is one. */
  pid: number | undefined;

  /** When it began to load, or the event at hand. */
  private beganAt = performance.now();
  private event: E | undefined;
  private measuredAt = 0;
  private give: ((event: RuntimeEvent) => void) | undefined;
  /** Calls off what ends it when its time is over. */
  private callOffEnd: (() => void) | undefined;
  private sandbox: Sandbox | undefined;
  private loadError: Failure | undefined;
  private hasLoaded = false;
  private readonly output: FunctionLog;
  private readonly closed: Promise<void>;

  constructor(private readonly options: ExecutionEnvironmentOptions<E>) {
    this.lastUsed = options.clock.now();
    this.output = new FunctionLog((line) => {
      const { event } = this;
      options.log(line, event?.requestId);
      const { name: functionName } = options.version.fn;
      event?.tail?.({ type: 'function', functionName, requestId: event.requestId, line });
    });
    this.endAfter(INIT_LIMIT_SECONDS);
    this.closed = this.run();
  }

  get version(): DeployedVersion {
    return this.options.version;
  }

  /** Hands it an event, when it is idle. */
  dispatch(event: E): void {
    const { timeoutSeconds } = this.version.fn;
    this.state = 'busy';
    this.event = event;
    this.invocations += 1;
    this.beganAt = performance.now();
    this.endAfter(timeoutSeconds);
    this.give?.({ payload: event.payload, headers: this.headersOf(event) });
    this.give = undefined;
  }

  /** Notes what it uses by now; ends it when that is more than it may. */
  noteMemory(bytes: number): void {
    this.measuredAt = performance.now();
    const limit = this.version.fn.memoryMb * MB;
    this.maxMemoryBytes = Math.max(this.maxMemoryBytes, Math.min(bytes, limit));
    if (bytes > limit && this.options.isLimited) this.end(outOfMemory);
  }

  /** Ends the process, whatever it does; resolves when it has ended. */
  async close(): Promise<void> {
    this.end(exited({ code: 0 }));
    await this.closed;
  }

  private async run(): Promise<void> {
    const { runtimeApi, reaper, program, version } = this.options;
    const { address, close } = await runtimeApi.open({
      onNext: (give) => {
        this.becomeIdle(give);
      },
      onResponse: (requestId, { payload, tooLarge }) => {
        this.complete(requestId, tooLarge ? responseTooLarge : payload);
      },
      onError: (requestId, body) => {
        if (requestId === undefined) this.loadError = thrown(body);
        else this.complete(requestId, thrown(body));
      },
    });
    try {
      const { command, variables } = await program(address);
      if (this.isEnded()) return;
      this.sandbox = startSandbox({ command, folder: version.taskRoot, variables, reaper });
    } catch (error) {
      close();
      this.end(notStarted((error as Error).message));
      return;
    }
    const { pid, stdout, stderr, telemetry, exited: exit } = this.sandbox;
    this.pid = pid;
    this.output.addFrames(telemetry);
    this.output.addLines(stdout);
    this.output.addLines(stderr);
    const how = await exit;
    close();
    this.end(exited(how));
  }

  private isEnded(): boolean {
    return this.state === 'ended';
  }

  private becomeIdle(give: (event: RuntimeEvent) => void): void {
    if (this.isEnded()) return;
    this.give = give;
    if (!this.hasLoaded) {
      this.hasLoaded = true;
      this.initDurationMs = performance.now() - this.beganAt;
      this.callOffEnd?.();
    }
    // It may ask for the next event while the answer to what it had is on its way.
    if (!this.event) this.beIdle();
  }

  private beIdle(): void {
    this.state = 'idle';
    this.options.onIdle(this);
  }

  /** What was written before the answer arrives in this turn of the event loop at the latest, and goes before the report. */
  private complete(requestId: string, outcome: Failure | string): void {
    setImmediate(() => {
      if (this.event?.requestId !== requestId) return;
      const due = performance.now() - MEASURE_MS;
      if (this.measuredAt < due || this.beganAt < due) measureNow(this);
      this.finish(outcome);
      if (this.give) this.beIdle();
    });
  }

  private finish(outcome: Failure | string): void {
    const { event } = this;
    if (!event) return;
    this.callOffEnd?.();
    this.output.flush();
    const durationMs = performance.now() - this.beganAt;
    this.lastUsed = this.options.clock.now();
    const result: InvocationResult =
      typeof outcome === 'string' ? { outcome: 'success', payload: outcome } : outcome(event.requestId);
    this.options.onComplete(event, { result, durationMs }, this);
    this.event = undefined;
  }

  private endAfter(seconds: number): void {
    const { isLimited, clock } = this.options;
    if (!isLimited) return;
    this.callOffEnd = clock.after(seconds * 1000, () => {
      this.end(timedOut(seconds));
    });
  }

  private headersOf({ requestId, invokedFunctionArn, traceId, clientContext }: E) {
    const timeoutMs = this.options.isLimited ? this.version.fn.timeoutSeconds * 1000 : DAY_MS;
    return {
      'Lambda-Runtime-Aws-Request-Id': requestId,
      // For its process, which goes by the system's clock.
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + timeoutMs),
      'Lambda-Runtime-Invoked-Function-Arn': invokedFunctionArn,
      'Lambda-Runtime-Trace-Id': traceId,
      ...(clientContext !== undefined && { 'Lambda-Runtime-Client-Context': clientContext }),
    };
  }

  private end(failure: Failure): void {
    if (this.isEnded()) return;
    this.state = 'ended';
    this.sandbox?.kill();
    this.callOffEnd?.();
    if (!this.hasLoaded) this.initDurationMs = performance.now() - this.beganAt;
    this.finish(failure);
    this.output.flush();
    this.options.onEnd(this.hasLoaded ? undefined : (this.loadError ?? failure), this);
  }
}

/** A function that is debugged has all the time it needs. */
const DAY_MS = 24 * 60 * 60 * 1000;
