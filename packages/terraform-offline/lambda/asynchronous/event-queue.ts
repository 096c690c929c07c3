import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import type { AsynchronousSettings, LambdaFunction } from '../../terraform/model/function';
import type { Invocation, InvocationResult, Invoke } from '../invoker';
import { LATEST, parseFunctionArn } from '../version';
import type { FinishedEvent } from './invocation-record';

/** Without an `aws_lambda_function_event_invoke_config`. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html */
const DEFAULT_SETTINGS: AsynchronousSettings = {
  maximumRetryAttempts: 2,
  maximumEventAgeSeconds: 21_600,
};

/** Throttled events come again after 1 s, then after twice as long each time, up to this. */
const LONGEST_BACKOFF_MS = 5 * 60_000;

export interface EventQueueOptions {
  readonly invoke: Invoke;
  /** Undefined for one that is not there any more. */
  readonly functionByArn: (arn: string) => LambdaFunction | undefined;
  /** How long the first retry waits; the second waits twice as long. */
  readonly retryDelayMs: number;
  /** Told of each event once, when it has succeeded or is given up. */
  readonly finished: (event: FinishedEvent) => void;
  readonly log: (message: string) => void;
  readonly clock: Clock;
}

export interface EventQueue {
  /** Takes an event that nobody waits for. */
  readonly add: (invocation: Invocation) => void;
  /** Forgets the events that wait for another attempt, and tells the log how many. */
  readonly close: () => void;
}

/** An event in the queue. */
interface Queued {
  readonly invocation: Invocation & { readonly requestId: string };
  readonly since: number;
  /** How often the function was run for it. */
  attempts: number;
  /** How often it was throttled since. */
  throttled: number;
  last: InvocationResult | undefined;
}

/**
 * Lambda's queue of asynchronous invocations: a function error is retried after a minute and then after two, an event
 * that is throttled comes again until it is too old.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function createEventQueue(options: EventQueueOptions): EventQueue {
  const { invoke, functionByArn, retryDelayMs, finished, log, clock } = options;
  /** What calls off the next attempt, of each event that waits for one. */
  const waiting = new Map<Queued, () => void>();
  let closed = false;

  async function attempt(event: Queued): Promise<void> {
    const fn = functionByArn(event.invocation.functionArn);
    if (!fn)
      return log(`an event for ${event.invocation.functionArn} is lost: there is no such function any more`);
    const { maximumRetryAttempts, maximumEventAgeSeconds } = settingsOf(fn, event.invocation.functionArn);
    const expires = event.since + maximumEventAgeSeconds * 1000;
    if (clock.now() >= expires) return end(fn, event, 'EventAgeExceeded');
    const result = await invoke(event.invocation);
    if (closed) return;
    const wait = (milliseconds: number) => {
      again(event, Math.min(milliseconds, expires - clock.now()));
    };
    if (result.outcome === 'refused') {
      if (result.reason !== 'throttled') return log(`an event for ${fn.name} is lost: ${result.message}`);
      // Whoever sets it to 0 wants no more events: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
      if (fn.reservedConcurrency === 0) return end(fn, event, 'RetriesExhausted');
      wait(Math.min(1000 * 2 ** event.throttled, LONGEST_BACKOFF_MS));
      event.throttled += 1;
      return;
    }
    event.attempts += 1;
    event.throttled = 0;
    event.last = result;
    if (result.outcome === 'success') return end(fn, event, 'Success');
    const left = maximumRetryAttempts + 1 - event.attempts;
    if (left <= 0) return end(fn, event, 'RetriesExhausted');
    const delay = retryDelayMs * 2 ** (event.attempts - 1);
    const { requestId } = event.invocation;
    log(
      `${fn.name}: the event ${requestId} failed (${result.errorType}); it is tried again in ${delay / 1000} s, attempts left: ${left}`,
    );
    wait(delay);
  }

  function again(event: Queued, milliseconds: number): void {
    waiting.set(
      event,
      clock.after(milliseconds, () => {
        waiting.delete(event);
        void attempt(event);
      }),
    );
  }

  function end(fn: LambdaFunction, event: Queued, condition: FinishedEvent['condition']): void {
    const { invocation, attempts, last } = event;
    const settings = settingsOf(fn, invocation.functionArn);
    finished({ fn, invocation, settings, condition, attempts, last });
  }

  return {
    add(invocation) {
      const { requestId = randomUUID() } = invocation;
      const source = invocation.source ?? { kind: 'asynchronous', name: invocation.functionArn };
      const since = clock.now();
      void attempt({
        invocation: { ...invocation, requestId, source },
        since,
        attempts: 0,
        throttled: 0,
        last: undefined,
      });
    },
    close() {
      closed = true;
      if (waiting.size > 0) log(`events that waited for another attempt are lost: ${waiting.size}`);
      for (const callOff of waiting.values()) callOff();
      waiting.clear();
    },
  };
}

/** What is configured for the ARN that was invoked: a version's or an alias's settings are its own. */
function settingsOf(fn: LambdaFunction, invokedArn: string): AsynchronousSettings {
  const { qualifier = LATEST } = parseFunctionArn(invokedArn);
  const { asynchronous = {} } = fn;
  return Object.hasOwn(asynchronous, qualifier)
    ? (asynchronous[qualifier] ?? DEFAULT_SETTINGS)
    : DEFAULT_SETTINGS;
}
