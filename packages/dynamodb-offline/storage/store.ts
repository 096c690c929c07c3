import type { AbstractBatchOperation, AbstractLevel } from 'abstract-level';

export type Level = AbstractLevel<string | Buffer | Uint8Array, Buffer, Buffer>;
export type Change = AbstractBatchOperation<Level, Buffer, Buffer>;

/** A range of keys; a missing bound is open. */
export interface KeyRange {
  readonly gt?: Buffer;
  readonly gte?: Buffer;
  readonly lt?: Buffer;
  readonly lte?: Buffer;
}

export interface Entry {
  readonly key: Buffer;
  readonly value: Buffer;
}

/** Ordered byte keys and their values, on disk or in memory. */
export interface Store {
  get(key: Buffer): Buffer | undefined;
  /** What was there when the walk began, in order of the keys' bytes. */
  entries(range: KeyRange, order?: { readonly reverse: boolean }): AsyncIterable<Entry>;
  /** All of it or nothing, durable against the end of the process. */
  write(changes: readonly Change[]): Promise<void>;
  clear(range: KeyRange): Promise<void>;
  close(): Promise<void>;
}
