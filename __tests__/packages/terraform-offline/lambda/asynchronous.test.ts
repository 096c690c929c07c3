import type { LambdaOptions } from '../../../../packages/terraform-offline/lambda/service';
import type { LogEntry } from '../../../../packages/terraform-offline/log/log';
import type { LambdaFunction } from '../../../../packages/terraform-offline/terraform/model/function';
import { manualClock } from '../../../support/clock';
import { deleteWritten, startFunction, writtenFunction } from '../../../support/lambda';

const arnOf = (name: string) => `arn:aws:lambda:eu-central-1:000000000000:function:${name}`;

/** Writes each event that it gets to its log, and fails when it is told to. */
const CODE = `
export const handler = async (event, { awsRequestId }) => {
  console.log(JSON.stringify({ event, awsRequestId }));
  if (event.fail) throw new TypeError('as told');
  return { done: event };
};`;

const written = writtenFunction({ 'index.mjs': CODE }, { logFormat: 'Text' });
const named = (name: string, settings: Partial<LambdaFunction> = {}): LambdaFunction => ({
  ...written,
  name,
  arn: arnOf(name),
  ...settings,
});

type Refusal = NonNullable<LambdaOptions['refusal']>;

const clock = manualClock();
let refusal: Refusal;
/** When a function was given an event, in milliseconds from the beginning of the test. */
let givenAt: number[];
let begin: number;

function startService(functions: readonly LambdaFunction[]) {
  return startFunction(written, {
    functions,
    clock,
    refusal: (...asked) => refusal(...asked),
    invoked: ({ invokedFunctionArn }) => {
      if (invokedFunctionArn.startsWith(arnOf('store'))) givenAt.push(clock.now() - begin);
      return () => undefined;
    },
  });
}

/** One for all tests: functions that differ in their settings alone keep their processes. */
const service = startService([]);
afterAll(async () => {
  await service.close();
  deleteWritten();
});
beforeEach(() => {
  refusal = () => undefined;
  givenAt = [];
  begin = clock.now();
  service.log.splice(0);
});

const noticesIn = (log: readonly LogEntry[]) =>
  log.flatMap((entry) => (entry.type === 'notice' ? [entry.message] : []));
const notices = () => noticesIn(service.log);

/** The events that a function got, with the ids of their requests. */
const events = (name: string) =>
  service.log.flatMap((entry): { event: unknown; awsRequestId: string }[] => {
    if (entry.type !== 'function' || entry.functionName !== name) return [];
    const [, json] = /(\{"event".*\})/.exec(entry.line) ?? [];
    return json === undefined ? [] : [JSON.parse(json) as { event: unknown; awsRequestId: string }];
  });

/** Has `store` fail, and each of these times pass after a failure. */
async function fail(functionArn: string, ...milliseconds: readonly number[]): Promise<void> {
  service.invokeAsync({ functionArn, payload: '{"fail":true}' });
  for (const [failures, wait] of milliseconds.entries()) {
    await service.until(() => notices().length > failures);
    clock.pass(wait);
  }
  await service.until(() => notices().length > milliseconds.length);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
describe('an event that nobody waits for', () => {
  it('is retried after one minute and after two more when the function fails, as the same request', async () => {
    service.update([named('store')]);

    await fail(arnOf('store'), 60_000, 120_000);

    expect(givenAt).toEqual([0, 60_000, 180_000]);
    const given = events('store');
    expect(given.map(({ event }) => event)).toEqual([{ fail: true }, { fail: true }, { fail: true }]);
    expect(new Set(given.map(({ awsRequestId }) => awsRequestId)).size).toBe(1);
    const id = given[0]!.awsRequestId;
    expect(notices()).toEqual([
      `store: the event ${id} failed (TypeError); it is tried again in 60 s, attempts left: 2`,
      `store: the event ${id} failed (TypeError); it is tried again in 120 s, attempts left: 1`,
      `store: the event ${id} is given up after 3 attempts (RetriesExhausted)`,
    ]);
  });

  it('is run once when it succeeds, and nothing is said', async () => {
    service.update([named('store')]);

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"order":1}' });
    await service.until(() => service.log.some(({ type }) => type === 'platform.report'));
    clock.pass(180_000);

    expect(givenAt).toEqual([0]);
    expect(notices()).toEqual([]);
  });

  it.each([
    [0, []],
    [1, [60_000]],
  ])(
    'with maximum_retry_attempts = %i is retried after %j ms alone',
    async (maximumRetryAttempts, retries) => {
      const settings = { maximumRetryAttempts, maximumEventAgeSeconds: 21_600 };
      service.update([named('store', { asynchronous: { $LATEST: settings } })]);

      await fail(arnOf('store'), ...retries);

      expect(notices().at(-1)).toContain('given up');
      expect(givenAt).toEqual([0, ...retries]);
    },
  );

  it('is given up when it is too old', async () => {
    const settings = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 90 };
    service.update([named('store', { asynchronous: { $LATEST: settings } })]);

    await fail(arnOf('store'), 60_000);
    clock.pass(29_999);
    expect(notices()).toHaveLength(2);
    clock.pass(1);

    expect(givenAt).toEqual([0, 60_000]);
    expect(notices().at(-1)).toContain('given up after 2 attempts (EventAgeExceeded)');
  });

  it('is given up at once by a function that is switched off: a reserved concurrency of 0', async () => {
    service.update([named('store', { reservedConcurrency: 0 })]);

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{}' });
    await service.until(() => notices().length > 0);

    expect(notices()).toEqual([expect.stringContaining('given up after 0 attempts (RetriesExhausted)')]);
    expect(clock.now()).toBe(begin);
  });

  it('has the settings of the version or alias that is invoked', async () => {
    const once = { maximumRetryAttempts: 0, maximumEventAgeSeconds: 21_600 };
    service.update([named('store', { qualifiers: { live: '$LATEST' }, asynchronous: { live: once } })]);

    await fail(`${arnOf('store')}:live`);
    expect(notices()).toEqual([expect.stringContaining('after 1 attempt ')]);
    service.log.splice(0);
    await fail(arnOf('store'), 60_000, 120_000);
    expect(notices().at(-1)).toContain('after 3 attempts ');
  });

  it('is refused at once by what does not exist, and beyond 1 MB', () => {
    service.update([named('store')]);

    expect(service.invokeAsync({ functionArn: arnOf('absent'), payload: '{}' })).toMatchObject({
      reason: 'not-found',
    });
    const payload = JSON.stringify('x'.repeat(1024 * 1024));
    expect(service.invokeAsync({ functionArn: arnOf('store'), payload })).toMatchObject({
      reason: 'request-too-large',
    });
  });

  it('is said to be lost when everything ends before it is tried again', async () => {
    const ending = startService([named('store')]);

    ending.invokeAsync({ functionArn: arnOf('store'), payload: '{"fail":true}' });
    await ending.until(() => noticesIn(ending.log).length > 0);
    await ending.close();

    expect(noticesIn(ending.log).at(-1)).toBe('events that waited for another attempt are lost: 1');
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
    service.update(functions());

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"order":7}' });
    await service.until(() => events('succeeded').length > 0);

    expect(events('failed')).toEqual([]);
    expect(events('succeeded').map(({ event }) => event)).toEqual([
      {
        version: '1.0',
        timestamp: new Date(begin).toISOString(),
        requestContext: {
          requestId: events('store')[0]!.awsRequestId,
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
    service.update(functions());

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"fail":true}' });
    await service.until(() => events('failed').length > 0);

    expect(events('succeeded')).toEqual([]);
    expect(events('failed')[0]!.event).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
      requestPayload: { fail: true },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'TypeError', errorMessage: 'as told' },
    });
  });

  it('is not invoked when the role may not: the log says so', async () => {
    refusal = (role, action, resource) => `${role.name} may not ${action} on ${resource}`;
    service.update(functions());

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{}' });
    await service.until(() => notices().length > 0);

    expect(notices()).toEqual([
      expect.stringMatching(
        new RegExp(
          `cannot be told to ${arnOf('succeeded')}: .*may not lambda:InvokeFunction on ${arnOf('succeeded')}`,
        ),
      ),
    ]);
    expect(events('succeeded')).toEqual([]);
  });

  it('that is not served is named in the log, as a dead-letter target is', async () => {
    const queue = 'arn:aws:sqs:eu-central-1:000000000000:failed';
    service.update([
      named('store', {
        asynchronous: { $LATEST: { ...settings, onFailure: queue } },
        deadLetterTarget: 'arn:aws:sns:eu-central-1:000000000000:dead',
      }),
    ]);

    service.invokeAsync({ functionArn: arnOf('store'), payload: '{"fail":true}' });
    await service.until(() => notices().some((notice) => notice.includes(queue)));

    expect(notices()).toContainEqual(
      expect.stringContaining(
        'would go to arn:aws:sns:eu-central-1:000000000000:dead, its dead-letter target',
      ),
    );
  });
});
