import { type AnsweredCall, DynamoDBError, start } from 'dynamodb-offline';
import type { AccessAnalyzer } from '../iam/access-analyzer';
import type { Role } from '../iam/role';
import { makeFolder } from '../make-folder';
import { STREAM_LABEL } from '../terraform/computed/dynamodb';
import type { Table } from '../terraform/model/table';
import type { Unserved } from '../terraform/model/unserved';
import { type AuthorizeCall, authorizeRoles, operatorOnly } from './authorization';
import { type Called, failureOf, tablesIn } from './database-call';
import { operatorClient } from './operator-client';
import { notServed } from './refusal';
import { startRemote } from './remote';
import { applyTables, type Call, deleteTables } from './tables';

export type Storage =
  | { readonly kind: 'memory' }
  /** `folder`: made when missing. */
  | { readonly kind: 'disk'; readonly folder: string }
  /** Another DynamoDB, such as DynamoDB Local. */
  | { readonly kind: 'endpoint'; readonly url: string };

export interface DatabaseOptions {
  readonly storage: Storage;
  /** Of the tables' ARNs. */
  readonly region: string;
  /** Where it answers; another free one when it is taken. Default: any free one. */
  readonly port?: number;
  /** Decides who may what. Default: everybody may do everything. */
  readonly analyzer?: AccessAnalyzer | undefined;
  /** Told of what functions and other clients call. Default: nobody is. */
  readonly called?: Called;
  readonly log: (line: string) => void;
}

/** What the stacks declare. */
export interface DatabaseState {
  readonly tables: readonly Table[];
  /** Who may do what; each calls with the credentials that `credentialsFor` gives it. */
  readonly roles: readonly Role[];
  /** Tables, among others, that are not served. Default: all are. */
  readonly unserved?: readonly Unserved[];
}

export interface Database {
  /** `http://127.0.0.1:<port>`, the same for as long as this runs. */
  readonly endpoint: string;
  /** Makes the tables what the stacks declare, and knows their roles. Rejects when a table cannot be had. */
  update(state: DatabaseState): Promise<void>;
  /** Deletes these tables, or all, and tells which there were. */
  reset(tables?: readonly string[]): Promise<string[]>;
  /** Calls an operation as the operator. */
  readonly call: Call;
  /** Calls back when the stream of a table may have new records. Returns what ends that. */
  readonly onStreamWritten: (listener: (tableName: string) => void) => () => void;
  close(): Promise<void>;
}

/** How often the streams of another database are looked at: it tells of nothing. */
const LOOK_EVERY_MS = 250;

/**
 * Starts the database. Until it is told of tables and roles, it answers nobody but the operator.
 * @throws when it cannot start: the folder is in use, or cannot be used
 */
export async function startDatabase({
  storage,
  region,
  port = 0,
  analyzer,
  called,
  log,
}: DatabaseOptions): Promise<Database> {
  let authorizeCall: AuthorizeCall | undefined = operatorOnly;
  let state: DatabaseState = { tables: [], roles: [] };
  let unserved: ReadonlyMap<string, Unserved> = new Map();
  const decide: AuthorizeCall = (caller, accesses) =>
    authorizeCall?.(caller, accesses) ?? refuseUnserved(unserved, accesses);
  /** One change after the other. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(change: () => Promise<T>): Promise<T> => {
    const result = turn.then(change);
    turn = result.catch(() => undefined);
    return result;
  };

  /** The functions go on asking for a table of their stack that somebody has deleted. */
  const onTableDeleted = (name: string) => {
    const table = state.tables.find((one) => one.name === name);
    if (!table) return;
    inTurn(() => applyTables(call, [table], log)).then(
      () => {
        log(`the table ${name} was deleted, and is there again, empty: a stack declares it`);
      },
      (error: Error) => {
        log(error.message);
      },
    );
  };
  const listeners = new Set<(tableName: string) => void>();
  const onStreamWritten = (tableName: string) => {
    for (const listener of listeners) listener(tableName);
  };
  const { endpoint, call, stop } = await (storage.kind === 'endpoint' ? remote(storage.url) : embedded());

  async function remote(url: string) {
    const proxy = await startRemote({
      url,
      port,
      decide: () => (authorizeCall || unserved.size > 0 ? decide : undefined),
      tables: () => state.tables,
      ...(called && { called }),
      log,
      onTableDeleted,
    });
    const looking = setInterval(() => {
      for (const { name, streamViewType } of state.tables) if (streamViewType) onStreamWritten(name);
    }, LOOK_EVERY_MS).unref();
    const stop = () => {
      clearInterval(looking);
      return proxy.stop();
    };
    return { ...proxy, call: operatorClient(url), stop };
  }

  async function embedded() {
    if (storage.kind === 'disk') makeDataFolder(storage.folder);
    const options = {
      region,
      log,
      onTableDeleted,
      onStreamWritten,
      streamLabel: STREAM_LABEL,
      ...(called && {
        onAnswered: ({ operation, request, caller: { traceId }, milliseconds, error }: AnsweredCall) => {
          const outcome = error === undefined ? { status: 200, error: undefined } : failureOf(error);
          called({ operation, tables: tablesIn(request), traceId, milliseconds, ...outcome });
        },
      }),
      ...(storage.kind === 'disk' && { dataDir: storage.folder }),
      authorize: (...[caller, accesses]: Parameters<AuthorizeCall>): DynamoDBError | undefined => {
        const refusal = decide(caller, accesses);
        if (refusal) log(refusal.log);
        return refusal?.error;
      },
    };
    const db = await start({ ...options, port }).catch((error: Error) => {
      if (!error.message.includes('in use') || error.name === 'DataFolderError') throw error;
      return start(options);
    });
    return { endpoint: db.endpoint, call: knownOnly(db.call), stop: () => db.stop() };
  }

  return {
    endpoint,
    update: (next) =>
      inTurn(async () => {
        await applyTables(call, next.tables, log).catch((error: unknown) => {
          if (storage.kind !== 'endpoint' || !isOfAnotherServer(error)) throw error;
          throw new Error(`there is no DynamoDB at ${storage.url}`, { cause: error });
        });
        state = next;
        unserved = unservedTables(next);
        authorizeCall = analyzer && authorizeRoles(next, analyzer);
      }),
    reset: (tables) => inTurn(() => deleteTables(call, tables)),
    call,
    onStreamWritten(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: stop,
  };
}

/** By name. A second table of one name leaves the first as it is. */
function unservedTables({ tables, unserved = [] }: DatabaseState): ReadonlyMap<string, Unserved> {
  const byName = unserved.flatMap((one): [string, Unserved][] => {
    const name = tableIn(one.arn ?? '');
    return name === undefined || tables.some((table) => table.name === name) ? [] : [[name, one]];
  });
  return new Map(byName);
}

function refuseUnserved(unserved: ReadonlyMap<string, Unserved>, accesses: Parameters<AuthorizeCall>[1]) {
  const [first] = accesses.flatMap(({ resource }) => unserved.get(tableIn(resource) ?? '') ?? []);
  return first && notServed(first);
}

function tableIn(arn: string): string | undefined {
  return /:table\/([^/]+)/.exec(arn)?.[1];
}

/** @throws saying why */
function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (error) {
    throw new Error(`the data folder ${folder} cannot be opened: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Nothing answers there, or something that does not speak JSON. */
function isOfAnotherServer(error: unknown): boolean {
  return error instanceof SyntaxError || (typeof error === 'object' && error !== null && 'code' in error);
}

/** Undefined for a resource that does not exist. */
function knownOnly(call: (operation: string, input: object) => Promise<object>): Call {
  return async (operation, input) => {
    try {
      return await call(operation, input);
    } catch (error) {
      if (error instanceof DynamoDBError && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  };
}
