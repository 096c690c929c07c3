import { once, EventEmitter } from 'node:events';
import { createLambda, type LambdaOptions } from '../../../../packages/terraform-offline/lambda/service';
import type { LogEntry } from '../../../../packages/terraform-offline/log/log';
import type { LambdaFunction } from '../../../../packages/terraform-offline/terraform/model/function';
import { hastyClock } from '../../../support/clock';
import { deleteWritten, writtenFunction } from '../../../support/lambda';

const arnOf = (name: string) => `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;

/** Writes each event that it gets to its log, and fails when it is told to. */
const CODE = `
export const handler = async (event, { awsRequestId }) => {
  console.log(JSON.stringify({ event, awsRequestId }));
  if (event.fail) throw new TypeError('as told');
  return { done: event };
};`;

function named(name: string, settings: Partial<LambdaFunction> = {}): LambdaFunction {
  return writtenFunction({ 'index.mjs': CODE }, { name, arn: arnOf(name), logFormat: 'Text', ...settings });
}

function startService(functions: readonly LambdaFunction[], options: Partial<LambdaOptions> = {}) {
  const clock = hastyClock();
  const log: LogEntry[] = [];
  const logged = new EventEmitter();
  const lambda = createLambda({
    functions,
    databaseEndpoint: 'http://127.0.0.1:8000',
    credentialsFor: () => ({ accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' }),
    log: (entry) => {
      log.push(entry);
      logged.emit('entry');
    },
    clock,
    ...options,
  });
  const notices = () => log.flatMap((entry) => (entry.type === 'notice' ? [entry.message] : []));
  return {
    ...lambda,
    clock,
    notices,
    /** The events that a function got, with the ids of their requests. */
    events: (name: string) =>
      log.flatMap((entry): { event: unknown; awsRequestId: string }[] => {
        if (entry.type !== 'function' || entry.functionName !== name) return [];
        const [, json] = /(\{"event".*\})/.exec(entry.line) ?? [];
        return json === undefined ? [] : [JSON.parse(json) as { event: unknown; awsRequestId: string }];
      }),
    until: async (condition: () => boolean) => {
      while (!condition()) await once(logged, 'entry');
    },
  };
}

let service: ReturnType<typeof startService>;
afterEach(() => service.close());
afterAll(deleteWritten);

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
describe('an event that nobody waits for', () => {
  it('is retried after one minute and after two more when the function fails, as the same request', async () => {
    service = startService([named('store')]);

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"fail":true}' });
    await service.until(() => service.notices().some((notice) => notice.includes('given up')));

    expect(service.clock.waits).toEqual([60_000, 120_000]);
    const events = service.events('store');
    expect(events.map(({ event }) => event)).toEqual([{ fail: true }, { fail: true }, { fail: true }]);
    expect(new Set(events.map(({ awsRequestId }) => awsRequestId)).size).toBe(1);
    const id = events[0]!.awsRequestId;
    expect(service.notices()).toEqual([
      `store: the event ${id} failed (TypeError); it is tried again in 60 s, attempts left: 2`,
      `store: the event ${id} failed (TypeError); it is tried again in 120 s, attempts left: 1`,
      `store: the event ${id} is given up after 3 attempts (RetriesExhausted)`,
    ]);
  });

  it('is run once when it succeeds, and nothing is said', async () => {
    service = startService([named('store')]);

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"order":1}' });
    await service.until(() => service.events('store').length > 0);

    expect(service.clock.waits).toEqual([]);
    expect(service.notices()).toEqual([]);
  });

  it.each([
    [0, 1],
    [1, 2],
  ])('with maximum_retry_attempts = %i is run %i times', async (maximumRetryAttempts, times) => {
    const settings = { maximumRetryAttempts, maximumEventAgeSeconds: 21_600 };
    service = startService([named('store', { asynchronous: { $LATEST: settings } })]);

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"fail":true}' });
    await service.until(() => service.notices().some((notice) => notice.includes('given up')));

    expect(service.events('store')).toHaveLength(times);
  });

  it('is given up when it is too old', async () => {
    const settings = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 90 };
    service = startService([named('store', { asynchronous: { $LATEST: settings } })]);

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"fail":true}' });
    await service.until(() => service.notices().some((notice) => notice.includes('given up')));

    expect(service.clock.waits).toEqual([60_000, 30_000]);
    expect(service.notices().at(-1)).toContain('given up after 2 attempts (EventAgeExceeded)');
  });

  it('is given up at once by a function that is switched off: a reserved concurrency of 0', async () => {
    service = startService([named('store', { reservedConcurrency: 0 })]);

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{}' });
    await service.until(() => service.notices().length > 0);

    expect(service.notices()).toEqual([
      expect.stringContaining('given up after 0 attempts (RetriesExhausted)'),
    ]);
    expect(service.clock.waits).toEqual([]);
  });

  it('has the settings of the version or alias that is invoked', async () => {
    const once = { maximumRetryAttempts: 0, maximumEventAgeSeconds: 21_600 };
    service = startService([
      named('store', { qualifiers: { live: '$LATEST' }, asynchronous: { live: once } }),
    ]);

    service.invokeAsync({ functionArn: `${arnOf('store')}:live`, payload: '{"fail":true}' });
    await service.until(() => service.notices().some((notice) => notice.includes('after 1 attempt ')));
    expect(service.clock.waits).toEqual([]);
    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"fail":true}' });
    await service.until(() => service.notices().some((notice) => notice.includes('after 3 attempts ')));
  });

  it('is refused at once by what does not exist, and beyond 1 MB', () => {
    service = startService([named('store')]);

    expect(service.invokeAsync({ functionArn: arnOf('absent'), payload: '{}' })).toMatchObject({
      reason: 'not-found',
    });
    const payload = JSON.stringify('x'.repeat(1024 * 1024));
    expect(service.invokeAsync({ functionArn: arnOf('store'), payload })).toMatchObject({
      reason: 'request-too-large',
    });
  });

  it('is said to be lost when everything ends before it is tried again', async () => {
    const never = { ...hastyClock(), after: () => () => undefined };
    service = startService([named('store')], { clock: never });

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"fail":true}' });
    await service.until(() => service.notices().length > 0);
    await service.close();

    expect(service.notices().at(-1)).toBe('events that waited for another attempt are lost: 1');
  });
});

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
describe('a destination', () => {
  const settings = {
    maximumRetryAttempts: 0,
    maximumEventAgeSeconds: 21_600,
    onSuccess: arnOf('succeeded'),
    onFailure: arnOf('failed'),
  };
  const functions = () => [
    named('store', { asynchronous: { $LATEST: settings } }),
    named('succeeded'),
    named('failed'),
  ];

  it('that is a function is invoked with the record of what succeeded', async () => {
    service = startService(functions());

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"order":7}' });
    await service.until(() => service.events('succeeded').length > 0);

    expect(service.events('failed')).toEqual([]);
    expect(service.events('succeeded').map(({ event }) => event)).toEqual([
      {
        version: '1.0',
        timestamp: '2026-01-15T12:00:00.000Z',
        requestContext: {
          requestId: service.events('store')[0]!.awsRequestId,
          functionArn: `${arnOf('store')}:$LATEST`,
          condition: 'Success',
          approximateInvokeCount: 1,
        },
        requestPayload: { order: 7 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST' },
        responsePayload: { done: { order: 7 } },
      },
    ]);
  });

  it('that is a function is invoked with the record of what was given up', async () => {
    service = startService(functions());

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"fail":true}' });
    await service.until(() => service.events('failed').length > 0);

    expect(service.events('succeeded')).toEqual([]);
    expect(service.events('failed')[0]!.event).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
      requestPayload: { fail: true },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'TypeError', errorMessage: 'as told' },
    });
  });

  it('is not invoked when the role may not: the log says so', async () => {
    const refusal = (role: { name: string }, action: string, resource: string) =>
      `${role.name} may not ${action} on ${resource}`;
    service = startService(functions(), { refusal });

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{}' });
    await service.until(() => service.notices().length > 0);

    expect(service.notices()).toEqual([
      expect.stringMatching(
        new RegExp(
          `cannot be told to ${arnOf('succeeded')}: .*may not lambda:InvokeFunction on ${arnOf('succeeded')}`,
        ),
      ),
    ]);
    expect(service.events('succeeded')).toEqual([]);
  });

  it('that is not served is named in the log, as a dead-letter target is', async () => {
    const queue = 'arn:aws:sqs:eu-central-1:000000000000:failed';
    service = startService([
      named('store', {
        asynchronous: { $LATEST: { ...settings, onFailure: queue } },
        deadLetterTarget: 'arn:aws:sns:eu-central-1:000000000000:dead',
      }),
    ]);

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"fail":true}' });
    await service.until(() => service.notices().some((notice) => notice.includes(queue)));

    expect(service.notices()).toContainEqual(
      expect.stringContaining(
        'would go to arn:aws:sns:eu-central-1:000000000000:dead, its dead-letter target',
      ),
    );
  });
});
