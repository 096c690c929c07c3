import { type Authorize, authorizeRoles, operatorOnly } from '../iam/authorizer';
import { messageOf } from '../message-of';
import { listenOnLoopback } from '../server/listen-on-loopback';
import type { Unserved } from '../terraform/model';
import { embeddedDatabase } from './embedded';
import { gate, type Upstream } from './gate';
import type { Report, Settings, Storage } from './messages';
import { operatorClient } from './operator-client';
import { remoteDatabase } from './remote';
import { createMissingTables } from './tables';

/** The program of the database process: serves what its parent's messages say, and ends with its parent. */
let endpoint: Promise<string> | undefined;
/** A function whose request comes before its table is there gets a 503, which SDKs retry. */
let authorize: Authorize | undefined = operatorOnly;
/** The tables of the stacks. */
let tables: Settings['tables'] = [];
/** Those that are not served, by name. */
let unserved: ReadonlyMap<string, Unserved> = new Map();
/** One message after the other: the answers have no other order. */
let turn = Promise.resolve();

process.on('disconnect', () => process.exit());
// A terminal's Ctrl-C reaches every process of the group; when to stop is the parent's to say.
process.on('SIGINT', () => undefined);
process.on('message', (settings: Settings) => {
  turn = turn
    .then(() => apply(settings))
    .then(
      (port) => report({ kind: 'ready', port }),
      (error: unknown) => report({ kind: 'failed', reason: messageOf(error) }),
    );
});

async function apply(settings: Settings): Promise<number> {
  endpoint ??= listen(settings);
  const url = await endpoint;
  const before = unserved;
  // The tables are made through the gate, too.
  unserved = unservedTables(settings);
  try {
    await createMissingTables(operatorClient(url), settings.tables);
    tables = settings.tables;
  } catch (error) {
    unserved = before;
    const { storage } = settings;
    if (storage.kind !== 'endpoint' || !isOfAnotherServer(error)) throw error;
    throw new Error(`there is no DynamoDB at ${storage.url}`, { cause: error });
  }
  authorize = settings.iam ? authorizeRoles(settings.roles) : undefined;
  return Number(new URL(url).port);
}

/** A second table of one name leaves the first as it is. */
function unservedTables({ tables, unserved = [] }: Settings): ReadonlyMap<string, Unserved> {
  const byName = unserved.flatMap((one): [string, Unserved][] => {
    const [, name] = /:table\/(.+)$/.exec(one.arn ?? '') ?? [];
    return name === undefined || tables.some((table) => table.name === name) ? [] : [[name, one]];
  });
  return new Map(byName);
}

/** Nothing answers there, or something that does not speak JSON. */
function isOfAnotherServer(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && 'code' in error);
}

async function listen({ storage, port }: Settings): Promise<string> {
  const server = gate({
    upstream: await upstreamOf(storage),
    authorize: () => authorize,
    unserved: () => unserved,
    log: (line) => report({ kind: 'log', line }),
    deleted: (name) => {
      turn = turn
        .then(() => replace(name))
        .catch((error: unknown) => report({ kind: 'log', line: messageOf(error) }));
    },
  });
  // Longer than a function is likely to leave its connection idle between two requests of a developer's.
  server.keepAliveTimeout = 60_000;
  return `http://127.0.0.1:${await listenOnLoopback(server, port)}`;
}

/** The functions go on asking for a table of their stack that somebody has deleted. */
async function replace(name: string): Promise<void> {
  const table = tables.find((one) => one.name === name);
  if (!table || endpoint === undefined) return;
  await createMissingTables(operatorClient(await endpoint), [table]);
  report({
    kind: 'log',
    line: `the table ${name} was deleted, and is there again, empty: a stack declares it`,
  });
}

async function upstreamOf(storage: Storage): Promise<Upstream> {
  if (storage.kind === 'endpoint') return remoteDatabase(storage.url);
  return embeddedDatabase(storage.kind === 'disk' ? storage.folder : undefined);
}

function report(message: Report): void {
  process.send?.(message);
}
