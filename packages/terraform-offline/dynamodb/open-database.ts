import path from 'node:path';
import type { Log } from '../log/log';
import { identitiesOf, type Model } from '../terraform/model/stack';
import { type Database, type DatabaseOptions, startDatabase, type Storage } from './database';

/** As `ServeOptions` have them. */
interface DatabaseSettings {
  readonly dataDirectory?: string;
  readonly dynamodbEndpoint?: string;
  readonly dynamodbPort?: number;
}

/** Its tables are made once they are known. */
export function openDatabase(
  options: DatabaseSettings,
  {
    analyzer,
    called,
    region,
    log,
  }: Pick<DatabaseOptions, 'analyzer' | 'called' | 'region'> & { readonly log: Log },
): Promise<Database> {
  return startDatabase({
    storage: storageOf(options),
    region,
    ...(options.dynamodbPort !== undefined && { port: options.dynamodbPort }),
    analyzer,
    ...(called && { called }),
    log: (message) => {
      log({ type: 'notice', level: 'warn', message });
    },
  });
}

/** Where the tables are kept: in another DynamoDB, on disk, or in memory. */
export function storageOf({ dynamodbEndpoint, dataDirectory }: DatabaseSettings): Storage {
  if (dynamodbEndpoint !== undefined) return { kind: 'endpoint', url: dynamodbEndpoint };
  if (dataDirectory === undefined) return { kind: 'memory' };
  return { kind: 'disk', folder: path.resolve(dataDirectory) };
}

/** What the database has to know of what is served. */
export function databaseState(model: Model) {
  const { stacks } = model;
  return {
    tables: stacks.flatMap((stack) => stack.tables),
    unserved: stacks.flatMap((stack) => stack.unserved),
    roles: identitiesOf(model),
  };
}

/** Deletes all tables, or those that are named, and says so. */
export async function emptyTables(
  database: Database,
  reset: true | readonly string[],
  log: Log,
): Promise<void> {
  const deleted = await database.reset(reset === true ? undefined : reset);
  if (deleted.length === 0) return;
  log({ type: 'notice', level: 'info', message: `--reset deleted the tables ${deleted.join(', ')}` });
}
