import type { Clock } from '../../clock';
import { isObject } from '../../is-object';
import type { EventSourceMapping } from '../../terraform/model/event-source-mapping';
import type { InvocationResult, Invoke } from '../invoker';
import type { MappingProgress } from './mapping-progress';
import { eventRecord, type StreamRecord } from './stream-record';

/** Between two attempts; twice as long each time, up to the second one. Lambda's own numbers are not documented. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;

export interface DeliveryOptions {
  readonly mapping: EventSourceMapping;
  readonly invoke: Invoke;
  readonly progress: MappingProgress;
  readonly log: (message: string) => void;
  readonly clock: Clock;
  /** Waits before another attempt; may end early. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Whether to leave what is not done yet to somebody else. */
  readonly isStopped: () => boolean;
}

/**
 * Invokes the function with a batch, again and again, until it has succeeded or is given up.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 * @param attempts how often the function has failed for all of them already
 * @returns the records that were not done when it was stopped
 */
export async function deliver(
  batch: readonly StreamRecord[],
  options: DeliveryOptions,
  attempts = 0,
): Promise<readonly StreamRecord[]> {
  const { mapping, invoke, progress, log, wait, isStopped } = options;
  const { address, functionArn, streamArn, bisectBatchOnFunctionError, maximumRetryAttempts } = mapping;
  const source = { kind: 'stream', name: address } as const;
  let records = batch;
  let failures = attempts;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    records = withoutOld(records, failures, options);
    if (records.length === 0) return [];
    const Records = records.map((record) => eventRecord(record, streamArn));
    const result = await invoke({ functionArn, payload: JSON.stringify({ Records }), source });
    const failedAt = firstFailure(result, records, mapping);
    const done = failedAt ?? records.length;
    if (done > 0) progress.succeeded(done);
    if (failedAt === undefined) return [];
    if (isStopped()) return records.slice(failedAt);
    if (result.outcome === 'refused') {
      // The function has not seen it: this is no attempt.
      log(`${mapping.address}: ${many(records)} wait: ${result.message}`);
    } else {
      const why =
        result.outcome === 'success' ? 'as its answer says' : `${result.errorType}: ${result.errorMessage}`;
      // What has succeeded is behind it.
      failures = failedAt > 0 ? 1 : failures + 1;
      records = records.slice(failedAt);
      progress.failed(failures, why);
      const what = `${mapping.address}: the function failed for ${many(records)} (${why})`;
      if (failedAt === 0 && bisectBatchOnFunctionError && records.length > 1) {
        log(`${what}; they are halved, and tried again`);
        const half = Math.ceil(records.length / 2);
        const [first, second] = [records.slice(0, half), records.slice(half)];
        // Halving does not count: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
        const left = await deliver(first, options, failures - 1);
        return left.length > 0 ? [...left, ...second] : deliver(second, options, failures - 1);
      }
      if (failures > maximumRetryAttempts) {
        giveUp(records, 'RetryAttemptsExhausted', failures, options);
        return [];
      }
      const left =
        maximumRetryAttempts === Infinity ? '' : `, attempts left: ${maximumRetryAttempts + 1 - failures}`;
      log(`${what}; tried again in ${waitMs / 1000} s${left}`);
    }
    await wait(waitMs);
    if (isStopped()) return records;
  }
}

/** The place of the first record that failed; undefined when none did. */
function firstFailure(
  result: InvocationResult,
  records: readonly StreamRecord[],
  { reportsBatchItemFailures }: EventSourceMapping,
): number | undefined {
  if (result.outcome !== 'success') return 0;
  const answer: unknown = reportsBatchItemFailures ? JSON.parse(result.payload) : undefined;
  const failures = isObject(answer) ? (answer.batchItemFailures ?? []) : [];
  if (!Array.isArray(failures)) return 0;
  if (failures.length === 0) return undefined;
  const places = failures.map((failure: unknown) =>
    records.findIndex(
      ({ dynamodb }) => isObject(failure) && failure.itemIdentifier === dynamodb.SequenceNumber,
    ),
  );
  // What names no record fails them all.
  return Math.max(0, Math.min(...places));
}

function withoutOld(
  records: readonly StreamRecord[],
  attempts: number,
  options: DeliveryOptions,
): readonly StreamRecord[] {
  const { mapping, clock } = options;
  const oldest = clock.now() / 1000 - mapping.maximumRecordAgeSeconds;
  const isOld = ({ dynamodb }: StreamRecord) => dynamodb.ApproximateCreationDateTime < oldest;
  const old = records.filter(isOld);
  if (old.length === 0) return records;
  giveUp(old, 'EventAgeExceeded', attempts, options);
  return records.filter((record) => !isOld(record));
}

function giveUp(
  records: readonly StreamRecord[],
  condition: 'RetryAttemptsExhausted' | 'EventAgeExceeded',
  attempts: number,
  { mapping: { address, onFailure }, progress, log }: DeliveryOptions,
): void {
  progress.gaveUp(records.length);
  const [first, last] = [records[0], records.at(-1)].map((record) => record?.dynamodb.SequenceNumber);
  const destination =
    onFailure === undefined ? '' : `; ${onFailure}, which is not served locally, would be told`;
  const times = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
  log(
    `${address}: ${many(records)} given up after ${times} (${condition}), sequence numbers ${first} to ${last}${destination}`,
  );
}

function many({ length }: readonly unknown[]): string {
  return length === 1 ? '1 record' : `${length} records`;
}
