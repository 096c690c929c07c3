import { createRequire } from 'node:module';

interface LevelIterator {
  readonly close: () => Promise<void>;
  return?: (this: LevelIterator) => Promise<void>;
}

interface AbstractLevel {
  readonly AbstractKeyIterator: { readonly prototype: LevelIterator };
  readonly AbstractValueIterator: { readonly prototype: LevelIterator };
}

/**
 * Lets dynalite end its iterators. It calls their `return`, which they do not have any more, so that every Scan and Query
 * would leave an iterator open, with a snapshot of the database, for as long as the process runs.
 * https://github.com/architect/dynalite/blob/main/db/index.js, createValueStream
 */
export function repairIterators(): void {
  const { resolve } = createRequire(require.resolve('dynalite'));
  const abstractLevel = createRequire(resolve('level'))('abstract-level') as AbstractLevel;
  for (const { prototype } of [abstractLevel.AbstractKeyIterator, abstractLevel.AbstractValueIterator]) {
    prototype.return = function () {
      return this.close();
    };
  }
}
