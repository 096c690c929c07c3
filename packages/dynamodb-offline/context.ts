import type { Catalog } from './tables/catalog';
import type { Writes } from './tables/writes';

/** What every operation works with. */
export interface Context {
  readonly region: string;
  readonly accountId: string;
  readonly tables: Catalog;
  /**
   * Runs `work` when its turn comes, alone, and then commits what it has put in one atomic batch. It must be synchronous,
   * so that nothing happens between what it reads and what it writes. Nothing is written when it throws.
   * @returns what `work` returned, once it is durable
   */
  write<T>(work: (writes: Writes) => T): Promise<T>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** One operation of the API. `run` gets a request whose shape has been checked. */
export interface Operation {
  readonly run: (context: Context, request: never) => object | Promise<object>;
}
