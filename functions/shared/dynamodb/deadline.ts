import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Context } from 'aws-lambda';

/** What is left of a function's time for its answer, in milliseconds. */
const RESERVE = 500;

type Handle = DynamoDBClient['config']['requestHandler']['handle'];

/**
 * When the invocation under way has to be done with the database, so that it answers before its function times out,
 * however many calls and attempts it takes. An execution environment has one invocation at a time.
 */
export class Deadline {
  private at = Infinity;

  /** The handler, whose calls of the database end in time. */
  keptBy<Event, Result>(
    handle: (event: Event, context: Context) => Promise<Result>,
  ): (event: Event, context: Context) => Promise<Result> {
    return (event, context) => {
      this.at = Date.now() + context.getRemainingTimeInMillis() - RESERVE;
      return handle(event, context);
    };
  }

  /** Gives up the client's requests at the deadline: an error named `AbortError`, which is not tried again. */
  hold(client: DynamoDBClient): void {
    const { requestHandler } = client.config;
    const handle = requestHandler.handle.bind(requestHandler);
    requestHandler.handle = ((request, options = {}) =>
      this.at === Infinity
        ? handle(request, options)
        : handle(request, { ...options, abortSignal: this.signal() })) as Handle;
  }

  private signal(): AbortSignal {
    return AbortSignal.timeout(Math.max(0, this.at - Date.now()));
  }
}
