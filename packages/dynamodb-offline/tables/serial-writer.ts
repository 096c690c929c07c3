import { DynamoDBError, internalServerError } from '../errors';
import type { Store } from '../storage/store';
import type { Catalog } from './catalog';
import { Batch, type Definitions } from './writes';

interface Job {
  readonly work: (writes: Definitions) => unknown;
  /** Its changes are committed on their own: it defines what others work with. */
  readonly alone: boolean;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface SerialWriter {
  /**
   * Runs `work` after all that came before it, and before all that comes after it.
   * @returns what it returned, once its changes are committed
   */
  write<T>(work: (writes: Definitions) => T, options?: { readonly alone: boolean }): Promise<T>;
  /** Resolves when nothing is waiting. */
  idle(): Promise<void>;
}

/** One writer at a time; what is waiting while one batch is committed makes the next batch together. */
export function serialWriter(
  store: Store,
  catalog: Catalog,
  now: () => number,
  onStreamWritten: (tableName: string) => void,
): SerialWriter {
  const waiting: Job[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    // What comes in one turn of the event loop is one batch.
    await Promise.resolve();
    while (waiting.length > 0) {
      const end = waiting.findIndex(({ alone }) => alone);
      await commit(waiting.splice(0, end < 0 ? waiting.length : Math.max(end, 1)));
    }
    running = undefined;
  }

  async function commit(jobs: readonly Job[]): Promise<void> {
    const batch = new Batch(catalog, now);
    const done: (() => void)[] = [];
    const failed: ((error: unknown) => void)[] = [];
    for (const { work, resolve, reject } of jobs) {
      try {
        const value = batch.run(work);
        done.push(() => resolve(value));
        failed.push(reject);
      } catch (error) {
        reject(error);
      }
    }
    try {
      const changes = batch.committed();
      if (changes.length > 0) await store.write(changes);
      batch.apply();
      for (const tell of done) tell();
      for (const name of batch.streamed) onStreamWritten(name);
    } catch (error) {
      const told =
        error instanceof DynamoDBError
          ? error
          : internalServerError(`the write failed, nothing of it is stored: ${reasonOf(error)}`);
      for (const tell of failed) tell(told);
    }
  }

  return {
    write<T>(work: (writes: Definitions) => T, { alone } = { alone: false }) {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ work, alone, resolve: (value) => resolve(value as T), reject });
        running ??= run();
      });
    },
    idle: async () => running,
  };
}

function reasonOf(error: unknown): string {
  const cause = (error instanceof Error && error.cause) ?? error;
  return cause instanceof Error ? cause.message : String(cause);
}
