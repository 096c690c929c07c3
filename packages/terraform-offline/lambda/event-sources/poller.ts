import { createHash } from 'node:crypto';
import type { Clock } from '../../clock';
import { messageOf } from '../../message-of';
import type { EventSourceMapping } from '../../terraform/model/event-source-mapping';
import { matchesPattern } from '../../terraform/model/filter-pattern';
import type { Invoke } from '../invoker';
import { deliver } from './delivery';
import type { MappingProgress } from './mapping-progress';
import type { StreamReader } from './stream-reader';
import { eventRecord, type StreamRecord } from './stream-record';

/** Of an event; its envelope takes some. https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html */
const BATCH_BYTES = 6_000_000;

/** Shard iterators end after 15 minutes: each is used before. */
const LONGEST_IDLE_MS = 5 * 60_000;

/** After the database has not answered. */
const RECONNECT_MS = 1000;

export interface PollerOptions {
  readonly mapping: EventSourceMapping;
  readonly reader: StreamReader;
  /** Records that were read, and not done yet. Default: none. */
  readonly pending?: readonly StreamRecord[];
  readonly invoke: Invoke;
  readonly progress: MappingProgress;
  readonly log: (message: string) => void;
  readonly clock: Clock;
}

/** Hands the records of one stream to one function. */
export interface Poller {
  /** There may be new records. */
  readonly wake: () => void;
  /** Tries at once what waits for another attempt: the function may have changed. */
  readonly retry: () => void;
  /** Ends when the batches under way have; gives the records that were read, and are not done. */
  readonly stop: () => Promise<readonly StreamRecord[]>;
}

export function startPoller({
  mapping,
  reader,
  invoke,
  progress,
  log,
  clock,
  ...options
}: PollerOptions): Poller {
  const { batchSize, batchingWindowSeconds, parallelizationFactor, filters, streamArn } = mapping;
  const most = batchSize * parallelizationFactor;
  const idle = waits(clock);
  const retries = waits(clock);
  progress.pending = options.pending ?? [];
  let isStopped = false;
  /** Whether there may be records that have not been looked for. */
  let isWoken = false;

  const isWanted = (record: StreamRecord) =>
    filters.length === 0 ||
    filters.some((pattern) => matchesPattern(eventRecord(record, streamArn), pattern));

  /** Reads until there is a batch, or its window has passed. */
  async function gather(): Promise<void> {
    let windowEnd: number | undefined;
    while (!isStopped && progress.pending.length < most) {
      isWoken = false;
      const read = await reader.read(most - progress.pending.length);
      progress.pending = [...progress.pending, ...read.filter(isWanted)];
      if (read.length > 0) continue;
      if (progress.pending.length > 0) windowEnd ??= clock.now() + batchingWindowSeconds * 1000;
      const left = windowEnd === undefined ? LONGEST_IDLE_MS : windowEnd - clock.now();
      if (left <= 0) return;
      if (!isWoken && !isStopped) await idle.wait(left);
    }
  }

  async function deliverPending(): Promise<void> {
    const lanes = lanesOf(progress.pending.slice(0, most), parallelizationFactor);
    const rest = progress.pending.slice(most);
    const left = await Promise.all(lanes.map(deliverInOrder));
    progress.pending = [...left.flat().sort(bySequence), ...rest];
  }

  async function deliverInOrder(records: readonly StreamRecord[]): Promise<readonly StreamRecord[]> {
    const options = {
      mapping,
      invoke,
      progress,
      log,
      clock,
      wait: retries.wait,
      isStopped: () => isStopped,
    };
    let left = records;
    while (left.length > 0) {
      const batch = left.slice(0, fitting(left, batchSize));
      left = left.slice(batch.length);
      const undone = await deliver(batch, options);
      if (undone.length > 0) return [...undone, ...left];
    }
    return [];
  }

  async function poll(): Promise<void> {
    let isConnected = true;
    while (!isStopped) {
      try {
        await gather();
        isConnected = true;
      } catch (error) {
        if (isConnected && !isStopped)
          log(`${mapping.address}: the stream cannot be read: ${messageOf(error)}`);
        isConnected = false;
        if (!isStopped) await idle.wait(RECONNECT_MS);
        continue;
      }
      if (!isStopped) await deliverPending();
    }
  }
  const polling = poll();

  return {
    wake() {
      isWoken = true;
      idle.end();
    },
    retry: retries.end,
    async stop() {
      isStopped = true;
      idle.end();
      retries.end();
      await polling;
      return progress.pending;
    },
  };
}

/** Waits that can be ended before their time. */
function waits(clock: Clock) {
  const ends = new Set<() => void>();
  return {
    wait: (milliseconds: number) =>
      new Promise<void>((resolve) => {
        const end = () => {
          callOff();
          ends.delete(end);
          resolve();
        };
        const callOff = clock.after(milliseconds, end);
        ends.add(end);
      }),
    end: () => {
      for (const end of ends) end();
    },
  };
}

/** Records of one item stay in order: they are in one lane. */
function lanesOf(records: readonly StreamRecord[], count: number): StreamRecord[][] {
  if (count === 1) return [[...records]];
  const lanes = Array.from({ length: count }, (): StreamRecord[] => []);
  for (const record of records) {
    const hash = createHash('sha256').update(JSON.stringify(record.dynamodb.Keys)).digest();
    lanes[hash.readUInt32BE() % count]?.push(record);
  }
  return lanes;
}

/** How many records a batch takes: one at least. */
function fitting(records: readonly StreamRecord[], batchSize: number): number {
  let bytes = 0;
  const tooMany = records.findIndex((record, i) => {
    bytes += Buffer.byteLength(JSON.stringify(record)) + 200;
    return i === batchSize || (i > 0 && bytes > BATCH_BYTES);
  });
  return tooMany < 0 ? records.length : tooMany;
}

function bySequence(one: StreamRecord, other: StreamRecord): number {
  return BigInt(one.dynamodb.SequenceNumber) < BigInt(other.dynamodb.SequenceNumber) ? -1 : 1;
}
