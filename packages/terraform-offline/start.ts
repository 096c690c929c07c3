import path from 'node:path';
import { synthesize } from '../../tools/app/synthesize';
import { build } from '../../tools/bundle/build';
import { outputFolder } from '../../tools/terraform/stacks';
import { createCloud } from './cloud';
import type { Options } from './cli/options';
import { OPERATOR } from './iam/credentials';
import { type Database, startDatabase } from './dynamodb/database';
import type { Storage } from './dynamodb/messages';
import { createExplorer, isOwnRequest } from './console/explorer';
import { createTableBrowser } from './console/table-browser/table-browser';
import type { Log } from './log/log';
import { isLoopbackHost, localClientsOnly } from './server/loopback';
import { deleteTables } from './reset';
import { type Answer, listen } from './server/server';
import { loadModel } from './terraform/load';
import type { Model } from './terraform/model';

/** The local cloud while it runs. */
export interface Running {
  readonly url: string;
  /** Where DynamoDB answers. */
  readonly databaseEndpoint: string;
  /** What it serves. */
  readonly model: () => Model;
  /** Tells the log, and the pages that are open. */
  readonly log: Log;
  /** Serves what `cdktf.out` holds now. Rejects, and goes on as before, when that cannot be served. */
  readonly reload: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What there is to end so far. */
interface Closers {
  connections?: () => Promise<void>;
  functions?: () => Promise<void>;
  database?: () => Promise<void>;
}

/**
 * Starts everything.
 * @param signal gives up
 * @throws what keeps it from starting; nothing is left running then
 */
export async function start(options: Options, log: Log, signal: AbortSignal): Promise<Running> {
  const closers: Closers = {};
  const close = async () => {
    // Connections first: no client should take the end of a function for an answer.
    await closers.connections?.();
    await closers.functions?.();
    await closers.database?.();
  };
  try {
    return { ...(await assemble(options, log, signal, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The port comes first, so that one in use is told at once; the database starts while the stacks are built. */
async function assemble(
  options: Options,
  log: Log,
  signal: AbortSignal,
  closers: Closers,
): Promise<Omit<Running, 'close'>> {
  const entrance = waitingRoom();
  const explorer = createExplorer({
    tableBrowser: createTableBrowser(() => ({
      endpoint: database.endpoint,
      region: model.stacks[0]?.region ?? 'us-east-1',
      credentials: OPERATOR,
    })),
  });
  const tell: Log = (entry) => {
    // A request under way when this ends gets no answer, whatever became of it.
    if (isOwnRequest(entry) || (entry.type === 'access' && signal.aborted)) return;
    log(entry);
    explorer.log(entry);
  };
  const answer = isLoopbackHost(options.host) ? localClientsOnly(entrance.answer) : entrance.answer;
  const server = await listen({ ...options, answer, log: tell });
  closers.connections = () => {
    explorer.close();
    return server.close();
  };
  const { url } = server;
  const load = () => loadModel(outputFolder(), { endpointOf: (stackId) => `${url}/${stackId}` });

  const [database, synthesized] = await Promise.all([
    openDatabase(options, tell, closers),
    (async () => {
      if (options.build) {
        await build();
        await synthesize({ signal });
      }
      return load();
    })(),
  ]);
  signal.throwIfAborted();
  let model = synthesized;
  if (options.reset) await reset(database, tell);
  await database.update(databaseState(model));
  const cloud = createCloud({
    model,
    databaseEndpoint: database.endpoint,
    throttle: options.throttle,
    pages: explorer.pages,
    log: tell,
  });
  closers.functions = () => cloud.close();
  entrance.open(cloud.answer);

  return {
    url,
    databaseEndpoint: database.endpoint,
    model: () => model,
    log: tell,
    async reload() {
      const next = load();
      await database.update(databaseState(next));
      try {
        cloud.update(next);
      } catch (error) {
        await database.update(databaseState(model));
        throw error;
      }
      model = next;
    },
  };
}

/** Requests that come before there is anyone to answer them wait. */
function waitingRoom() {
  let open: (answer: Answer) => void = () => undefined;
  const opened = new Promise<Answer>((resolve) => {
    open = resolve;
  });
  let answer: Answer = async (request) => (await opened)(request);
  return {
    answer: ((request) => answer(request)) satisfies Answer,
    open(whoAnswers: Answer) {
      answer = whoAnswers;
      open(whoAnswers);
    },
  };
}

async function reset({ endpoint }: Database, log: Log): Promise<void> {
  const deleted = await deleteTables(endpoint);
  if (deleted.length === 0) return;
  log({ type: 'notice', level: 'info', message: `--reset deleted the tables ${deleted.join(', ')}` });
}

/** Its tables are made once they are known. */
function openDatabase(options: Options, log: Log, closers: Closers): Promise<Database> {
  const starting = startDatabase({
    tables: [],
    roles: [],
    storage: storageOf(options),
    iam: options.iam,
    log: (message) => {
      log({ type: 'notice', level: 'warn', message });
    },
  });
  closers.database = async () => {
    const database = await starting.catch(() => undefined);
    await database?.close();
  };
  return starting;
}

function storageOf({ dynamodbEndpoint, inMemory, dataDirectory }: Options): Storage {
  if (dynamodbEndpoint !== undefined) return { kind: 'endpoint', url: dynamodbEndpoint };
  if (inMemory) return { kind: 'memory' };
  return { kind: 'disk', folder: path.resolve(dataDirectory) };
}

function databaseState({ stacks }: Model) {
  return {
    tables: stacks.flatMap((stack) => stack.tables),
    roles: stacks.flatMap((stack) => stack.functions).map((fn) => fn.role),
  };
}
