export type Change =
  | { readonly type: 'put'; readonly key: Buffer; readonly value: Buffer }
  | { readonly type: 'del'; readonly key: Buffer };

/** A range of keys; a missing bound is open. */
export interface KeyRange {
  readonly gt?: Buffer;
  readonly gte?: Buffer;
  readonly lt?: Buffer;
  readonly lte?: Buffer;
}

export interface Walk {
  readonly reverse?: boolean;
  /** The most entries that are wanted; more than are taken cost time. */
  readonly limit?: number;
}

export type Entry = readonly [key: Buffer, value: Buffer];

/** Ordered byte keys and their values, on disk or in memory. */
export interface Store {
  get(key: Buffer): Buffer | undefined;
  /** What was there when the walk began, in order of the keys' bytes. */
  entries(range: KeyRange, walk?: Walk): AsyncIterable<Entry>;
  /** The same without the keys, in half the time. */
  values(range: KeyRange, walk?: Walk): AsyncIterable<Buffer>;
  /** All of it or nothing. What it acknowledges survives the end of the process, however that ends. */
  write(changes: Change[]): Promise<void>;
  clear(range: KeyRange): Promise<void>;
  close(): Promise<void>;
}

/** Read ahead at a time, in bytes: the more, the fewer turns of the event loop a page takes. */
const READ_AHEAD = 64 * 1024;

/** The first entries read at once; most pages need no more. */
const FIRST_ENTRIES = 50;
const MORE_ENTRIES = 1000;

interface LevelIterator<T> {
  nextv(size: number): Promise<T[]>;
  close(): Promise<void>;
}

type LevelRange = KeyRange & Walk & { highWaterMarkBytes: number };

/** What is used of LevelDB, and of what has its interface. https://github.com/Level/abstract-level */
export interface Level {
  getSync(key: Buffer): Buffer | undefined;
  iterator(range: LevelRange): LevelIterator<[Buffer, Buffer]>;
  values(range: LevelRange): LevelIterator<Buffer>;
  batch(changes: Change[]): Promise<void>;
  clear(range: KeyRange): Promise<void>;
  close(): Promise<void>;
}

export function levelStore(level: Level): Store {
  const options = (range: KeyRange, { reverse = false, limit = -1 }: Walk) => ({
    ...range,
    reverse,
    limit,
    highWaterMarkBytes: READ_AHEAD,
  });
  return {
    get: (key) => level.getSync(key),
    entries: (range, walk = {}) => walked(level.iterator(options(range, walk))),
    values: (range, walk = {}) => walked(level.values(options(range, walk))),
    write: (changes) => level.batch(changes),
    clear: (range) => level.clear(range),
    close: () => level.close(),
  };
}

/** Reading by the handful takes a turn of the event loop for each, not for every single one. */
async function* walked<T>(iterator: LevelIterator<T>): AsyncGenerator<T, void> {
  try {
    for (let size = FIRST_ENTRIES; ; size = MORE_ENTRIES) {
      const some = await iterator.nextv(size);
      if (some.length === 0) return;
      yield* some;
    }
  } finally {
    await iterator.close();
  }
}
