import { deliver } from '../../../../../packages/terraform-offline/lambda/event-sources/delivery';
import { MappingProgress } from '../../../../../packages/terraform-offline/lambda/event-sources/mapping-progress';
import type { StreamRecord } from '../../../../../packages/terraform-offline/lambda/event-sources/stream-record';
import type { InvocationResult } from '../../../../../packages/terraform-offline/lambda/invoker';
import type { EventSourceMapping } from '../../../../../packages/terraform-offline/terraform/model/event-source-mapping';
import { hastyClock } from '../../../../support/clock';

const MAPPING: EventSourceMapping = {
  address: 'test: aws_lambda_event_source_mapping.orders',
  functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:ship',
  streamArn: 'arn:aws:dynamodb:eu-west-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000',
  startingPosition: 'LATEST',
  enabled: true,
  batchSize: 100,
  batchingWindowSeconds: 0,
  parallelizationFactor: 1,
  filters: [],
  maximumRetryAttempts: Infinity,
  maximumRecordAgeSeconds: Infinity,
  bisectBatchOnFunctionError: false,
  reportsBatchItemFailures: false,
};

/** The time of the test's clock. */
const NOW = Date.UTC(2026, 0, 15, 12) / 1000;

const number = (id: number) => `1000000000000000000${String(id).padStart(2, '0')}`;
const record = (id: number, at = NOW): StreamRecord => ({
  dynamodb: { ApproximateCreationDateTime: at, Keys: { id: { N: String(id) } }, SequenceNumber: number(id) },
});

const threw: InvocationResult = {
  outcome: 'function-error',
  payload: '{}',
  errorType: 'TypeError',
  errorMessage: 'broken',
};
const returned = (answer: unknown): InvocationResult => ({
  outcome: 'success',
  payload: JSON.stringify(answer),
});
const failing = (...ids: (number | string)[]) =>
  returned({
    batchItemFailures: ids.map((id) => ({ itemIdentifier: typeof id === 'number' ? number(id) : id })),
  });

/**
 * Delivers records with the ids from 1 on.
 * @param answer what the function answers to these ids, on its nth invocation
 */
async function run(
  count: number,
  answer: (ids: number[], nth: number) => InvocationResult,
  settings: Partial<EventSourceMapping> = {},
) {
  const clock = hastyClock();
  const invocations: number[][] = [];
  const log: string[] = [];
  const progress = new MappingProgress();
  const left = await deliver(
    Array.from({ length: count }, (_, i) => record(i + 1)),
    {
      mapping: { ...MAPPING, ...settings },
      invoke: ({ payload }) => {
        const { Records } = JSON.parse(payload) as { Records: StreamRecord[] };
        const ids = Records.map(({ dynamodb }) => Number((dynamodb.Keys.id as { N: string }).N));
        invocations.push(ids);
        return Promise.resolve(answer(ids, invocations.length));
      },
      progress,
      log: (message) => log.push(message),
      clock,
      wait: (milliseconds) =>
        new Promise((resolve) => {
          clock.after(milliseconds, resolve);
        }),
      isStopped: () => false,
    },
  );
  const state = progress.stateOf({ ...MAPPING, ...settings }, clock);
  return { invocations, log, left, waits: clock.waits, state };
}

// https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
describe('a batch', () => {
  it('is handed over once when the function returns', async () => {
    const { invocations, log, left, state } = await run(3, () => returned(null));
    expect([invocations, log, left]).toEqual([[[1, 2, 3]], [], []]);
    expect(state).toMatchObject({ state: 'Enabled', lastProcessingResult: 'OK', delivered: 3, givenUp: 0 });
    expect(state.problem).toBeUndefined();
  });

  it('is tried again, later each time, until it succeeds', async () => {
    const { invocations, waits } = await run(2, (_ids, nth) => (nth < 4 ? threw : returned(null)));
    expect(invocations).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  it('is given up after the retries that are configured', async () => {
    const { invocations, log, state } = await run(2, () => threw, { maximumRetryAttempts: 2 });
    expect(invocations).toHaveLength(3);
    // https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html
    expect(state).toMatchObject({
      lastProcessingResult: 'PROBLEM: Function call failed',
      problem: 'TypeError: broken',
      delivered: 0,
      givenUp: 2,
      failures: 0,
    });
    expect(log.at(-1)).toBe(
      `${MAPPING.address}: 2 records given up after 3 attempts (RetryAttemptsExhausted), sequence numbers ${number(1)} to ${number(2)}`,
    );
  });

  it('is given up at once without retries', async () => {
    expect((await run(1, () => threw, { maximumRetryAttempts: 0 })).invocations).toEqual([[1]]);
  });

  it('that the function never saw, being throttled, has had no attempt', async () => {
    const throttled = { outcome: 'refused', reason: 'throttled', message: 'Rate Exceeded.' } as const;
    const { invocations } = await run(1, (_ids, nth) => (nth < 5 ? throttled : returned(null)), {
      maximumRetryAttempts: 0,
    });
    expect(invocations).toHaveLength(5);
  });

  it('is halved until the record is alone, which does not count as an attempt', async () => {
    const { invocations, log, state } = await run(4, (ids) => (ids.includes(3) ? threw : returned(null)), {
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 1,
    });
    expect(invocations).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [4]]);
    expect(state).toMatchObject({ lastProcessingResult: 'OK', delivered: 3, givenUp: 1 });
    expect(log.filter((line) => line.includes('given up'))).toHaveLength(1);
  });

  it('loses the records that are too old, and keeps the others', async () => {
    const { invocations, log } = await run(1, (_ids, nth) => (nth < 9 ? threw : returned(null)), {
      maximumRecordAgeSeconds: 60,
    });
    // 1 + 2 + 4 + 8 + 16 + 32 seconds.
    expect(invocations).toHaveLength(6);
    expect(log.at(-1)).toContain('1 record given up after 6 attempts (EventAgeExceeded)');
  });
});

// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
describe('with ReportBatchItemFailures', () => {
  const reporting = { reportsBatchItemFailures: true, maximumRetryAttempts: 1 };

  it.each<[what: string, answer: unknown]>([
    ['no failures', { batchItemFailures: [] }],
    ['null for them', { batchItemFailures: null }],
    ['an empty object', {}],
    ['null', null],
  ])('a batch has succeeded whose answer has %s', async (_what, answer) => {
    expect((await run(2, () => returned(answer), reporting)).invocations).toEqual([[1, 2]]);
  });

  it('the records from the first that failed are tried again', async () => {
    const { invocations } = await run(4, (_ids, nth) => (nth === 1 ? failing(4, 3) : failing()), reporting);
    expect(invocations).toEqual([
      [1, 2, 3, 4],
      [3, 4],
    ]);
  });

  it.each<[what: string, answer: InvocationResult]>([
    ['an empty identifier', failing('')],
    ['an identifier of no record', failing('7')],
    ['a wrong member', returned({ batchItemFailures: [{ itemIdentifer: number(2) }] })],
    ['an error', threw],
  ])('a batch has failed as a whole whose answer has %s', async (_what, answer) => {
    const { invocations } = await run(2, () => answer, reporting);
    expect(invocations).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('counts for nothing unless it is asked for', async () => {
    expect((await run(2, () => failing(1))).invocations).toEqual([[1, 2]]);
  });
});
