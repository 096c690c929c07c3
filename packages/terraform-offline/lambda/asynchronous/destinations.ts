import type { Clock } from '../../clock';
import type { Role } from '../../iam/role';
import type { Invocation } from '../invoker';
import { type FinishedEvent, invocationRecord } from './invocation-record';

export interface DestinationOptions {
  readonly invokeAsync: (invocation: Invocation) => { readonly message: string } | undefined;
  /** What the log says of a role that may not do that; undefined when it may. */
  readonly refusal: (role: Role, action: string, resource: string) => string | undefined;
  readonly log: (message: string) => void;
  readonly clock: Clock;
}

/**
 * Tells the destination of an event's end: a function is invoked with the record, if the role may; the log is told of
 * any other, and of events that are given up.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function tellDestination(event: FinishedEvent, options: DestinationOptions): void {
  const { fn, invocation, settings, condition, attempts } = event;
  const { invokeAsync, refusal, log, clock } = options;
  const what = `${fn.name}: the event ${invocation.requestId}`;
  const times = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
  if (condition !== 'Success') log(`${what} is given up after ${times} (${condition})`);
  const destination = condition === 'Success' ? settings.onSuccess : settings.onFailure;
  const { deadLetterTarget } = fn;
  if (condition !== 'Success' && deadLetterTarget !== undefined) {
    log(`${what} would go to ${deadLetterTarget}, its dead-letter target, which is not served locally`);
  }
  if (destination === undefined) return;
  if (!isFunction(destination)) {
    log(`${what} (${condition}, ${times}) would be told to ${destination}, which is not served locally`);
    return;
  }
  const denied = refusal(fn.role, 'lambda:InvokeFunction', destination);
  const failure =
    denied ??
    invokeAsync({
      functionArn: destination,
      payload: JSON.stringify(invocationRecord(event, clock.now())),
      source: { kind: 'destination', name: `${fn.name} (${condition})` },
    })?.message;
  if (failure !== undefined) log(`${what} cannot be told to ${destination}: ${failure}`);
}

function isFunction(arn: string): boolean {
  return /^arn:[^:]+:lambda:/.test(arn);
}
