import path from 'node:path';
import { readKeySets } from './api-gateway/authorizers/issuers';
import { type LocalIssuer, openLocalIssuer } from './api-gateway/authorizers/local-issuer';
import { takesTokens } from './api-gateway/authorizers/takes-tokens';
import { createExplorer, isOwnRequest } from './console/explorer';
import { createTableBrowser } from './console/table-browser/table-browser';
import { deploy, type Deployment } from './deployment';
import { databaseState, emptyTables, openDatabase, storageOf } from './dynamodb/open-database';
import { permittedSchedules } from './events/permitted';
import { AccessAnalyzer } from './iam/access-analyzer';
import type { AccessReport, RoleUse } from './iam/access-report';
import { OPERATOR } from './iam/credentials';
import { isUnderVsCode } from './lambda/debugger';
import { createdMappings } from './lambda/event-sources/creation';
import { functionsOfOtherNode } from './lambda/host-node';
import { ProcessReaper } from './lambda/process-reaper';
import type { Event } from './lambda/execution-environment';
import { runtimeAccesses } from './lambda/runtime-accesses';
import { parseFunctionArn } from './lambda/version';
import type { Log } from './log/log';
import { accessRefusal, isLoopbackHost } from './server/access-control';
import { atDomain } from './server/host-header';
import type { Answer } from './server/request';
import { listen } from './server/server';
import { withExamples } from './terraform/examples';
import { loadModel } from './terraform/load';
import { identitiesOf, type Model } from './terraform/model/stack';
import { requireAllServed, unservedLines } from './terraform/unserved';

export interface ServeOptions {
  /** What is served: a `cdktf.out`, one stack of it, or a folder of `.tf` files. */
  readonly folder: string;
  /** Values of Terraform's variables, by name. Default: none. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Files of them: paths, from the folder on. Default: none. */
  readonly varFiles?: readonly string[];
  /** Values that only the account knows: `data.aws_ssm_parameter.token.value`, and its value. Default: none. */
  readonly values?: Readonly<Record<string, string>>;
  /** Where `TF_VAR_NAME`, `TF_WORKSPACE` and `AWS_REGION` are looked for. Default: nowhere. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: any free one. */
  readonly port?: number;
  /** Folder of the database's files. Default: none, the data is kept in memory. */
  readonly dataDirectory?: string;
  /** Another DynamoDB to use instead of the embedded one. */
  readonly dynamodbEndpoint?: string;
  /** Where DynamoDB answers; another free one when it is taken. Default: any free one. */
  readonly dynamodbPort?: number;
  /** Likewise of the table browser. */
  readonly tableBrowserPort?: number;
  /** Whether the functions' roles decide what DynamoDB answers. Default: true. */
  readonly iam?: boolean;
  /** Whether anything that is not served keeps it from starting. Default: false, it is named and the rest is served. */
  readonly strict?: boolean;
  /** Files of key sets, by the issuers whose tokens they verify. Default: the issuers are asked for theirs. */
  readonly jwks?: Readonly<Record<string, string>>;
  /** Whether to start with empty tables, or the names of those that are to be. Default: false. */
  readonly reset?: boolean | readonly string[];
  /** Whether stages answer 429 beyond their throttling settings. Default: false. */
  readonly throttle?: boolean;
  /** Whether functions can be debugged: each has a URL to connect to, and no timeouts. Default: under VS Code's debugger. */
  readonly inspect?: boolean;
  /**
   * Where functions find AWS services that are not served, by the SDK's name of each: `{ sqs: 'http://127.0.0.1:9324' }`.
   * Default: nowhere; calls to them are told so.
   */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** How long Lambda waits before it first retries an event that nobody waits for; twice as long before the second. Default: 60,000 ms. */
  readonly retryDelayMs?: number;
  /** Told what happens. Default: nobody is. */
  readonly log?: Log;
  /** Gives up while it starts. */
  readonly signal?: AbortSignal;
}

/** The local cloud while it runs. */
export interface Cloud {
  readonly url: string;
  /** Where DynamoDB answers. */
  readonly databaseEndpoint: string;
  /** What it serves. */
  readonly model: () => Model;
  /**
   * Signs a token with the local issuer's key: for user pools of the configuration, and for issuers that cannot be reached.
   * Unless the claims say so, it is of now, and holds for an hour.
   */
  readonly token: (claims: Readonly<Record<string, unknown>>) => Promise<string>;
  /** What IAM has decided so far, and the smallest policies that would do; of no roles without IAM. */
  readonly accessReport: () => AccessReport;
  /** Tells the log, and the pages that are open. */
  readonly log: Log;
  /** Serves what the folder holds now. Rejects, and goes on as before, when that cannot be served. */
  readonly reload: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * Serves a Terraform configuration on this machine.
 * @throws what keeps it from starting; nothing is left running then
 */
export async function serve(options: ServeOptions): Promise<Cloud> {
  /** What there is to end, in the order in which it was started. */
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    // Connections first: no client should take the end of a function for an answer.
    for (const end of closers.splice(0)) await end();
  };
  try {
    return { ...(await start(options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  {
    folder,
    host = '127.0.0.1',
    port = 0,
    iam = true,
    reset = false,
    throttle = false,
    inspect = false,
    ...options
  }: ServeOptions,
  closers: (() => Promise<void>)[],
): Promise<Omit<Cloud, 'close'>> {
  const { log: hear = () => undefined, signal } = options;
  const jwks = readKeySets(options.jwks ?? {});
  // The port: one in use is told at once. Requests that come before there is anyone to answer them wait.
  let open: (answer: Answer) => void = () => undefined;
  const opened = new Promise<Answer>((resolve) => (open = resolve));
  let answer: Answer = async (request) => (await opened)(request);
  const settings = () => ({
    endpoint: database.endpoint,
    region: model.stacks[0]?.region ?? 'us-east-1',
    credentials: OPERATOR,
    port: options.tableBrowserPort ?? 0,
  });
  const say = (message: string) => {
    log({ type: 'notice', level: 'info', message });
  };
  const signToken: Cloud['token'] = async (claims) => (await localIssuer()).sign(claims);
  let mappingStates: Deployment['mappingStates'] = () => [];
  const explorer = createExplorer({
    tableBrowser: createTableBrowser(settings, say),
    signToken,
    accessReport: () => accessReport(),
    mappingStates: () => mappingStates(),
  });
  const { recorder } = explorer;
  const analyzer = iam ? new AccessAnalyzer(recorder.onDecision) : undefined;
  const accessReport = () => analyzer?.report(roleUses(model)) ?? { roles: [] };
  const log: Log = (entry) => {
    // A request under way when this ends gets no answer, whatever became of it.
    if (isOwnRequest(entry) || (entry.type === 'access' && signal?.aborted)) return;
    hear(entry);
    explorer.log(entry);
  };
  /** Those that the configuration declares, once it is known. */
  let domains: ReadonlyMap<string, unknown> = new Map();
  const access = {
    localOnly: isLoopbackHost(host),
    isDeclared: (name: string) => atDomain(domains, name) !== undefined,
  };
  const server = await listen({
    host,
    port,
    answer: recorder.recorded(async (request) => accessRefusal(request, access) ?? answer(request)),
    log,
  });
  closers.push(() => {
    explorer.close();
    return server.close();
  });

  // What is left behind by nothing that ends this.
  const reaper = new ProcessReaper();
  closers.push(() => reaper.close());

  // What is served, which names its own URLs.
  const { url } = server;
  const { vars, varFiles, values, environment } = options;
  const load = async (): Promise<Model> => {
    const loaded = await loadModel(folder, {
      endpointOf: (stackId) => `${url}/${stackId}`,
      unpackTo: path.join(reaper.folder, 'unpacked'),
      iam,
      ...(vars && { vars }),
      ...(varFiles && { varFiles }),
      ...(values && { values }),
      ...(environment && { environment }),
    });
    const complete = { ...loaded, stacks: withExamples(loaded.stacks, folder) };
    const model = permittedSchedules(createdMappings(complete, analyzer), analyzer);
    if (options.strict) requireAllServed(model);
    return model;
  };
  let model = await load();
  domains = domainsOf(model);
  /** What is not served, once each. */
  const told = new Set<string>();
  const tellUnserved = (model: Model) => {
    for (const line of unservedLines(model)) {
      const message = `not served: ${line}`;
      if (!told.has(message)) log({ type: 'notice', level: 'warn', message });
      told.add(message);
    }
  };

  // The database and its tables.
  const region = model.stacks[0]?.region ?? 'us-east-1';
  const database = await openDatabase(options, { analyzer, called: recorder.called, region, log });
  closers.push(() => database.close());
  signal?.throwIfAborted();
  if (reset) await emptyTables(database, reset, log);
  await database.update(databaseState(model));

  // Who signs tokens: after the database, whose folder its key is in.
  const storage = storageOf(options);
  let issuer: Promise<LocalIssuer> | undefined;
  const localIssuer = () =>
    (issuer ??= openLocalIssuer(storage.kind === 'disk' ? storage.folder : undefined));
  if (takesTokens(model)) await localIssuer();

  // What there is to know, once nothing keeps it from starting any more.
  tellUnserved(model);
  const otherNode = functionsOfOtherNode(model.stacks.flatMap((stack) => stack.functions));
  if (otherNode !== undefined) say(otherNode);
  const { dynamodbPort = 0 } = options;
  if (dynamodbPort !== 0 && !database.endpoint.endsWith(`:${dynamodbPort}`)) {
    say(`port ${dynamodbPort} is in use: DynamoDB is at ${database.endpoint}`);
  }

  // The functions, then the APIs in front of them.
  const deployment = await deploy({
    model,
    reaper,
    databaseEndpoint: database.endpoint,
    endpoints: { url, services: options.endpoints ?? {} },
    streams: database,
    sourceMaps: path.join(folder, 'terraform-offline', 'source-maps'),
    sdkFolders: [path.resolve(folder), process.cwd()],
    throttle,
    localIssuer,
    jwks,
    inspect: inspect || isUnderVsCode(process.env),
    analyzer,
    retryDelayMs: options.retryDelayMs,
    pages: explorer.pages,
    invoked: (event, source) => {
      const hear = recorder.invoked(event, source);
      if (analyzer) deliverLogs(model, event, analyzer);
      return hear;
    },
    onDecision: recorder.onDecision,
    log,
  });
  ({ mappingStates } = deployment);
  closers.splice(1, 0, () => deployment.close());
  answer = deployment.answer;
  open(deployment.answer);

  return {
    url,
    databaseEndpoint: database.endpoint,
    model: () => model,
    token: signToken,
    accessReport,
    log,
    async reload() {
      const next = await load();
      await database.update(databaseState(next));
      try {
        await deployment.update(next);
      } catch (error) {
        await database.update(databaseState(model));
        throw error;
      }
      model = next;
      domains = domainsOf(model);
      if (takesTokens(model)) await localIssuer();
      tellUnserved(model);
    },
  };
}

function domainsOf({ stacks }: Model): ReadonlyMap<string, unknown> {
  return new Map(
    stacks.flatMap(({ domains = [] }) => domains.map((domain) => [domain.name, domain] as const)),
  );
}

/** Counts what Lambda does as the function's role when it runs the function; nobody else asks whether the role may. */
function deliverLogs(
  { stacks }: Model,
  { invokedFunctionArn, requestId }: Event,
  analyzer: AccessAnalyzer,
): void {
  const { functionArn } = parseFunctionArn(invokedFunctionArn);
  for (const { functions } of stacks) {
    const fn = functions.find(({ arn }) => arn === functionArn);
    if (!fn) continue;
    for (const access of runtimeAccesses(fn)) analyzer.decide(fn.role, { ...access, invocation: requestId });
    return;
  }
}

function roleUses(model: Model): RoleUse[] {
  const functions = model.stacks.flatMap((stack) => stack.functions);
  return identitiesOf(model).map((role) => ({
    role,
    functions: functions.filter((fn) => fn.role.arn === role.arn).map(({ name }) => name),
  }));
}
