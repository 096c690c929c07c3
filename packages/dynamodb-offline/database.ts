import type { Context } from './context';
import { ClientTokens } from './items/transactions';
import {
  allDropped,
  beginningWith,
  countsKey,
  droppedId,
  droppedKey,
  expiryKey,
  rowsKey,
  streamKey,
} from './storage/keyspace';
import type { Store } from './storage/store';
import { trimStreams } from './streams/trim';
import { backfill, needsBackfill } from './tables/backfill';
import { Catalog } from './tables/catalog';
import { deleteExpired } from './tables/delete-expired';
import { repairTables } from './tables/repair';
import { serialWriter } from './tables/serial-writer';

export interface DatabaseOptions {
  /** Where the data is kept; undefined to keep it in memory. */
  readonly dataDir?: string;
  /** Of the tables' ARNs: `us-east-1` unless given. */
  readonly region?: string;
  /** Of the tables' ARNs: `000000000000` unless given. */
  readonly accountId?: string;
  /** Of the streams that are switched on, in their ARNs: each one's time unless given. */
  readonly streamLabel?: string;
  /** Told, when they can be read, of a table whose stream has new records. */
  readonly onStreamWritten?: (tableName: string) => void;
  /** Seconds between two looks for items that have expired: 5 unless given. DynamoDB takes up to some days. */
  readonly ttlDelay?: number;
  /** Removes first what cannot be read any more, and tells what that was. */
  readonly repair?: boolean;
  /** Told what the operator should know: lost data, failures in the background. */
  readonly log?: (line: string) => void;
}

export interface Database {
  readonly context: Context;
  /** Lets the writes under way end, and closes the store. */
  readonly close: () => Promise<void>;
}

/** How often stream records that are too old are deleted, in milliseconds. */
const TRIM_EVERY_MS = 60_000;

/** @throws DataFolderError, or what is wrong with the catalog */
export async function openDatabase({
  dataDir,
  region = 'us-east-1',
  accountId = '000000000000',
  streamLabel,
  onStreamWritten = () => undefined,
  ttlDelay = 5,
  repair = false,
  log = () => undefined,
  address = () => `dynamodb.${region}.amazonaws.com`,
}: DatabaseOptions & Pick<Partial<Context>, 'address'>): Promise<Database> {
  const store = await openStore(dataDir, log, repair);
  const now = () => Date.now();
  const tables = new Catalog(store, `arn:aws:dynamodb:${region}:${accountId}`, now);
  const writer = serialWriter(store, tables, now, onStreamWritten);
  const background = backgroundWork(log);
  const context: Context = {
    region,
    accountId,
    streamLabel,
    address,
    store,
    tables,
    clientTokens: new ClientTokens(now),
    now,
    write: (work) => writer.write(work),
    async define(work) {
      const result = await writer.write(work, { alone: true });
      return result;
    },
    backfill: (name) =>
      background.run(async () => {
        for (;;) {
          const table = tables.find(name);
          if (!table || !needsBackfill(table)) return;
          await backfill(context, table);
        }
      }),
    clean: () => background.run(() => deleteDropped(store)),
  };
  try {
    await tables.load();
    if (repair) await repairTables(store, tables, log);
  } catch (error) {
    await store.close();
    throw error;
  }
  context.clean();
  for (const table of tables.all()) context.backfill(table.name);
  background.every(ttlDelay * 1000, () => deleteExpired(context));
  background.every(TRIM_EVERY_MS, () => trimStreams(context));
  return {
    context,
    async close() {
      await background.stop();
      await writer.idle();
      await store.close();
    },
  };
}

/** Loads one of the two: LevelDB takes a fourth of the time that a start takes. */
async function openStore(
  folder: string | undefined,
  warn: (line: string) => void,
  repair: boolean,
): Promise<Store> {
  if (folder === undefined) return (await import('./storage/memory')).openInMemory();
  return (await import('./storage/disk')).openOnDisk(folder, { warn, repair });
}

/** Deletes the rows of tables and indexes that are no more. */
async function deleteDropped(store: Store): Promise<void> {
  for await (const [key] of store.entries(allDropped)) {
    const id = droppedId(key);
    for (const prefix of [rowsKey(id), streamKey(id), expiryKey(id)])
      await store.clear(beginningWith(prefix));
    await store.write([
      { type: 'del', key: countsKey(id) },
      { type: 'del', key: droppedKey(id) },
    ]);
  }
}

/** Work that no request waits for, one after the other. */
function backgroundWork(log: (line: string) => void) {
  const timers: NodeJS.Timeout[] = [];
  let turn = Promise.resolve();
  let stopped = false;
  const run = (work: () => Promise<void>): Promise<void> => {
    turn = turn
      .then(() => (stopped ? undefined : work()))
      .catch((error: unknown) => log(error instanceof Error ? error.message : String(error)));
    return turn;
  };
  return {
    run: (work: () => Promise<void>) => void run(work),
    every(milliseconds: number, work: () => Promise<void>) {
      const timer = setTimeout(() => void run(work).then(() => stopped || timer.refresh()), milliseconds);
      // What waits for nothing else may end.
      timers.push(timer.unref());
    },
    async stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      await turn;
    },
  };
}
