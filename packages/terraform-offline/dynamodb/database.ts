import { setTimeout as sleep } from 'node:timers/promises';
import { parseArn } from '../terraform/arn';
import type { Role, Table, Unserved } from '../terraform/model';
import { spawnDatabase } from './child';
import type { Settings, Storage } from './messages';

export interface DatabaseOptions {
  /** Created when they are missing. */
  readonly tables: readonly Table[];
  /** Who may do what; each calls with the credentials that `credentialsFor` gives it. */
  readonly roles: readonly Role[];
  readonly storage: Storage;
  /** Default: any free one; another one when it is taken. */
  readonly port?: number;
  /** Whether the roles' policies are enforced. */
  readonly iam: boolean;
  readonly log: (line: string) => void;
}

export interface Database {
  /** `http://127.0.0.1:<port>`, the same for as long as this runs. */
  readonly endpoint: string;
  /** Takes up other tables and roles. Rejects, and keeps the old ones, when a table cannot be had. */
  update(state: {
    readonly tables: readonly Table[];
    readonly roles: readonly Role[];
    readonly unserved?: readonly Unserved[];
  }): Promise<void>;
  /** Ends the process. */
  close(): Promise<void>;
}

/** Milliseconds to wait before the process is started again, the last one for every further time. */
const RESTART_DELAYS_MS = [0, 100, 250, 500, 1000];

/** A process that ran this long, in milliseconds, is started again at once when it ends. */
const STABLE_MS = 5000;

/**
 * Runs the database in a process of its own, and starts it again, on the same port, whenever it ends.
 * @throws when it cannot start: the folder is in use, nothing answers at the URL, a table has another key
 */
export async function startDatabase(options: DatabaseOptions): Promise<Database> {
  const { storage, iam, log, port = 0, ...state } = options;
  const closing = new AbortController();
  let settings: Settings = { port, storage, iam, ...state };
  let running = spawn();
  try {
    settings = { ...settings, port: await running.configure(settings) };
  } catch (error) {
    await running.stop();
    throw error;
  }
  const restarting = keepRunning().catch(() => undefined);

  function spawn() {
    const [table] = settings.tables;
    return spawnDatabase(table ? parseArn(table.arn).region : 'us-east-1', log);
  }

  async function keepRunning(): Promise<void> {
    for (let failures = 0; ; failures++) {
      const start = performance.now();
      const reason = await running.ended;
      closing.signal.throwIfAborted();
      if (performance.now() - start > STABLE_MS) failures = 0;
      log(`the database process ended (${reason}) and is started again${lossOf(storage)}`);
      await sleep(RESTART_DELAYS_MS[failures] ?? RESTART_DELAYS_MS.at(-1), undefined, {
        signal: closing.signal,
      });
      running = spawn();
      await running.configure(settings).catch((error: Error) => {
        closing.signal.throwIfAborted();
        log(error.message);
        return running.stop();
      });
    }
  }

  return {
    endpoint: `http://127.0.0.1:${settings.port}`,
    async update(state) {
      const updated = { ...settings, ...state };
      await running.configure(updated);
      settings = updated;
    },
    async close() {
      closing.abort();
      await running.stop();
      await restarting;
    },
  };
}

function lossOf(storage: Storage): string {
  return storage.kind === 'memory' ? '; what it held in memory is gone' : '';
}
