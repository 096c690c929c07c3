import type { ClientTokens } from './items/transactions';
import type { Store } from './storage/store';
import type { Catalog } from './tables/catalog';
import type { Definitions, Writes } from './tables/writes';

/** What every operation works with. */
export interface Context {
  readonly region: string;
  readonly accountId: string;
  /** Of the streams that are switched on; undefined to name each after its time. */
  readonly streamLabel: string | undefined;
  /** Where clients find it: `127.0.0.1:8000`. */
  readonly address: () => string;
  readonly store: Store;
  readonly tables: Catalog;
  /**
   * Runs `work` when its turn comes, alone, and then commits what it has put in one atomic batch. It must be synchronous,
   * so that nothing happens between what it reads and what it writes. Nothing is written when it throws.
   * @returns what `work` returned, once it is durable
   */
  readonly write: <T>(work: (writes: Writes) => T) => Promise<T>;
  /** The same for work that makes, changes or deletes tables. */
  readonly define: <T>(work: (writes: Definitions) => T) => Promise<T>;
  /** Remembers the transactions that were done, by the tokens of their clients. */
  readonly clientTokens: ClientTokens;
  /** Adds the items that are there to a table's new indexes, and notes when they expire, in the background. */
  readonly backfill: (tableName: string) => void;
  /** Deletes the rows of what has been dropped, in the background. */
  readonly clean: () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
