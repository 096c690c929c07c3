import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../clock';
import type { Call } from '../../dynamodb/tables';
import { messageOf } from '../../message-of';
import type { EventSourceMapping } from '../../terraform/model/event-source-mapping';
import type { Invoke } from '../invoker';
import { MappingProgress, type MappingState } from './mapping-progress';
import { type Poller, startPoller } from './poller';
import { StreamReader } from './stream-reader';

/** The streams of the database's tables. */
export interface Streams {
  readonly call: Call;
  /** Calls back when the stream of a table may have new records. Returns what ends that. */
  readonly onStreamWritten: (listener: (tableName: string) => void) => () => void;
}

export interface EventSourcesOptions {
  readonly streams: Streams;
  readonly invoke: Invoke;
  readonly log: (message: string) => void;
  readonly clock: Clock;
}

export interface EventSources {
  /**
   * Serves these mappings. One that has been served goes on where it was, also when its settings have changed; another
   * has its place in the stream when this resolves.
   */
  readonly update: (mappings: readonly EventSourceMapping[]) => Promise<void>;
  /** How far each of them is. */
  readonly states: () => readonly MappingState[];
  /** Hands nothing over any more; resolves when the batches under way have ended. */
  readonly close: () => Promise<void>;
}

interface Running {
  readonly mapping: EventSourceMapping;
  readonly reader: StreamReader;
  readonly progress: MappingProgress;
  /** Waits for its forerunner to end. */
  readonly poller: Promise<Poller>;
}

export function createEventSources({ streams, invoke, log, clock }: EventSourcesOptions): EventSources {
  let running: ReadonlyMap<string, Running> = new Map();
  let declared: readonly EventSourceMapping[] = [];
  const ending = new Set<Promise<unknown>>();
  const stopListening = streams.onStreamWritten((table) => {
    for (const { mapping, poller } of running.values()) {
      if (tableIn(mapping.streamArn) === table) void poller.then(({ wake }) => wake());
    }
  });

  function stop({ poller }: Running) {
    const stopped = poller.then((one) => one.stop());
    ending.add(stopped);
    void stopped.then(() => ending.delete(stopped));
    return stopped;
  }

  async function start(mapping: EventSourceMapping): Promise<Running> {
    const { startingPosition, streamArn } = mapping;
    const tableName = tableIn(streamArn);
    const reader = new StreamReader({
      call: streams.call,
      tableName,
      startingPosition,
      startedAt: clock.now(),
    });
    await reader.open().catch((error: unknown) => {
      log(`${mapping.address}: the stream cannot be read: ${messageOf(error)}`);
    });
    const progress = new MappingProgress();
    const poller = startPoller({ mapping, reader, invoke, progress, log, clock });
    return { mapping, reader, progress, poller: Promise.resolve(poller) };
  }

  function change(old: Running, mapping: EventSourceMapping): Running {
    const { reader, progress } = old;
    const poller = stop(old).then((pending) =>
      startPoller({ mapping, reader, pending, invoke, progress, log, clock }),
    );
    return { mapping, reader, progress, poller };
  }

  return {
    async update(mappings) {
      const next = new Map<string, Running>();
      for (const mapping of mappings.filter(({ enabled }) => enabled)) {
        const old = running.get(mapping.address);
        if (old?.mapping.streamArn !== mapping.streamArn) {
          next.set(mapping.address, await start(mapping));
        } else if (isDeepStrictEqual(old.mapping, mapping)) {
          next.set(mapping.address, old);
          void old.poller.then(({ retry }) => retry());
        } else {
          next.set(mapping.address, change(old, mapping));
        }
      }
      for (const [address, old] of running) {
        if (next.get(address)?.reader !== old.reader) void stop(old);
      }
      running = next;
      declared = mappings;
    },
    states: () =>
      declared.map((mapping) =>
        (running.get(mapping.address)?.progress ?? new MappingProgress()).stateOf(mapping, clock),
      ),
    async close() {
      stopListening();
      await Promise.all([...[...running.values()].map(stop), ...ending]);
    },
  };
}

function tableIn(streamArn: string): string {
  return /:table\/([^/]+)/.exec(streamArn)?.[1] ?? '';
}
