import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../clock';
import type { Log } from '../log/log';
import type { LambdaFunction } from '../terraform/model/function';
import type { Role } from '../iam/role';
import { tellDestination } from './asynchronous/destinations';
import { createEventQueue } from './asynchronous/event-queue';
import { ProcessReaper } from './process-reaper';
import { CodeStore } from './code-store';
import { debuggedVariables, debuggerLog, isUnderVsCode, linkSourceMap } from './debugger';
import type { FunctionEndpoints } from './endpoints';
import { Environments } from './environments';
import type { Event } from './execution-environment';
import type { Invocation, InvocationResult, InvocationSource, Invoke } from './invoker';
import { ASYNCHRONOUS_LIMIT, type Concurrency, machineConcurrency, PAYLOAD_LIMIT } from './limits';
import { RuntimeApi } from './runtime-api';
import { runtimeCommand } from './runtimes/runtime';
import { sourcePositions } from './source-positions';
import { variablesOf } from './variables';
import type { Credentials } from '../iam/credentials';
import { type DeployedVersion, LATEST, parseFunctionArn, versionNumber } from './version';

type Refusal = Extract<InvocationResult, { outcome: 'refused' }>;

export interface LambdaOptions {
  readonly functions: readonly LambdaFunction[];
  /** What the functions get as `AWS_ENDPOINT_URL_DYNAMODB`. */
  readonly databaseEndpoint: string;
  /** Where their SDKs find other services. Default: on AWS. */
  readonly endpoints?: FunctionEndpoints;
  readonly credentialsFor: (role: Role) => Credentials;
  readonly log: Log;
  /** How long a function's last execution environment stays without events; others a tenth of it. Default: five minutes. */
  readonly retireAfterMs?: number;
  /** Default: what the machine has room for. */
  readonly concurrency?: Concurrency;
  /** Whether functions can be debugged: each has one environment, from the start, and all the time it needs. */
  readonly inspect?: boolean;
  /** The folder of the source maps of functions' code; see `sourcePositions`. Default: none. */
  readonly sourceMaps?: string;
  /** From where on the AWS SDK is looked for that Lambda's Node.js has, as packages are. Default: nowhere else than here. */
  readonly sdkFolders?: readonly string[];
  /** How long an event that nobody waits for is kept before its first retry; twice as long before its second. Default: a minute. */
  readonly retryDelayMs?: number;
  /** What the log says of a role that may not do that; undefined when it may. Default: every role may everything. */
  readonly refusal?: (role: Role, action: string, resource: string) => string | undefined;
  /** Told of each event that a function is given, and of what becomes of it. Default: nobody is. */
  readonly invoked?: Invoked | undefined;
  readonly clock?: Clock;
}

/** @returns what is told the result */
export type Invoked = (
  event: Event,
  source: InvocationSource | undefined,
) => (result: InvocationResult) => void;

/** The local Lambda service. */
export interface Lambda {
  readonly invoke: Invoke;
  /**
   * Invokes a function with an event that nobody waits for: it is retried when it fails, and the function's destinations
   * and the log are told what came of it.
   * @returns why it is not taken, at once; undefined when it is
   */
  readonly invokeAsync: (invocation: Invocation) => Refusal | undefined;
  /** Takes these functions instead. Events under way are finished by the code they began with. */
  update(functions: readonly LambdaFunction[]): void;
  /** Ends every function at once. */
  close(): Promise<void>;
}

/** A function with its versions, each made when it is first invoked. */
interface Deployed {
  readonly fn: LambdaFunction;
  /** Equal for what would behave the same. */
  readonly hash: string;
  readonly taskRoot: string;
  readonly optRoot: string;
  readonly versions: Map<string, DeployedVersion>;
}

/**
 * Starts the service. Functions load when they are first invoked.
 * @throws when the code of a function, or a layer, cannot be read
 */
export function createLambda(options: LambdaOptions): Lambda {
  const { log, databaseEndpoint, credentialsFor, retireAfterMs = 5 * 60_000, inspect = false } = options;
  const { concurrency = machineConcurrency(), sourceMaps, sdkFolders = [] } = options;
  const { retryDelayMs = 60_000, refusal = () => undefined, invoked, clock = systemClock } = options;
  const reaper = new ProcessReaper();
  const code = new CodeStore(reaper.folder);
  const runtimeApi = new RuntimeApi();
  const environments = new Environments({ concurrency, inspect, log, clock, start });
  const retired = new Set<Deployed>();
  let closed = false;
  let deployed: ReadonlyMap<string, Deployed>;
  try {
    deployed = deploy(options.functions);
  } catch (error) {
    runtimeApi.close();
    void reaper.close();
    throw error;
  }

  function deploy(functions: readonly LambdaFunction[], previous?: ReadonlyMap<string, Deployed>) {
    const next = new Map(
      functions.map((fn): [string, Deployed] => {
        const taskRoot = code.store([fn.codeDirectory]);
        const optRoot = code.store(fn.layerDirectories);
        const hash = hashOf(fn, taskRoot, optRoot);
        const same = previous?.get(fn.arn);
        if (same?.hash === hash) return [fn.arn, { ...same, fn }];
        return [fn.arn, { fn, hash, taskRoot, optRoot, versions: new Map() }];
      }),
    );
    if (!inspect) return next;
    for (const [arn, one] of next) {
      if (sourceMaps !== undefined) linkSourceMap(one.taskRoot, sourceMaps);
      if (previous?.get(arn)?.hash === one.hash) continue;
      // A function with published versions is called by those.
      const published = new Set(Object.values(one.fn.qualifiers ?? {}));
      const numbers = published.size > 0 ? published : [LATEST];
      for (const number of numbers) environments.prepare(versionOf(one, number));
    }
    return next;
  }

  function versionOf({ fn, taskRoot, optRoot, versions }: Deployed, number: string): DeployedVersion {
    const version = versions.get(number) ?? { fn, number, taskRoot, optRoot };
    versions.set(number, version);
    return version;
  }

  /** What an execution environment of that version is started with. */
  function start(version: DeployedVersion) {
    const { fn, taskRoot } = version;
    const readable = sourcePositions(taskRoot, sourceMaps);
    const write = (line: string, requestId: string | undefined) => {
      log({ type: 'function', functionName: fn.name, requestId, line: readable(line) });
    };
    return {
      runtimeApi,
      reaper,
      program: async (address: string) => {
        const credentials = credentialsFor(fn.role);
        const variables = variablesOf(version, {
          runtimeApi: address,
          databaseEndpoint,
          endpoints: options.endpoints,
          credentials,
        });
        return {
          command: await runtimeCommand(version, inspect && !isUnderVsCode(process.env), sdkFolders),
          variables: inspect ? debuggedVariables(variables, process.env) : variables,
        };
      },
      log: inspect ? debuggerLog(fn.name, log, write) : write,
    };
  }

  async function retire(old: Deployed): Promise<void> {
    retired.add(old);
    await Promise.all([...old.versions.values()].map((version) => environments.drain(version)));
    retired.delete(old);
    // All code goes with the folder that it is in.
    if (closed) return;
    const used = [...deployed.values(), ...retired];
    code.keepOnly(used.flatMap(({ taskRoot, optRoot }) => [taskRoot, optRoot]));
  }

  /** Looks time and again for environments that nobody used. */
  const retireLater = (): (() => void) =>
    clock.after(retireAfterMs / 10, () => {
      environments.retire(retireAfterMs);
      callOffRetirement = retireLater();
    });
  let callOffRetirement = inspect ? undefined : retireLater();

  /** The version that an ARN stands for. */
  function find(arn: string): { readonly found: Deployed; readonly number: string } | undefined {
    const { functionArn, qualifier } = parseFunctionArn(arn);
    const found = deployed.get(functionArn);
    const number = found && versionNumber(found.fn, qualifier);
    return found && number !== undefined ? { found, number } : undefined;
  }

  const invoke: Invoke = (invocation) => {
    const wanted = find(invocation.functionArn);
    if (!wanted) return Promise.resolve(notFound(invocation));
    const refused = tooLarge(invocation, 'RequestResponse');
    if (refused) return Promise.resolve(refused);
    const event = eventOf(invocation);
    const hear = invoked?.(event, invocation.source);
    const result = environments.invoke(versionOf(wanted.found, wanted.number), event);
    if (hear) void result.then(hear);
    return result;
  };

  const invokeAsync: Lambda['invokeAsync'] = (invocation) => {
    const refused = find(invocation.functionArn) ? tooLarge(invocation, 'Event') : notFound(invocation);
    if (!refused) queue.add(invocation);
    return refused;
  };

  const warn = (message: string) => {
    log({ type: 'notice', level: 'warn', message });
  };
  const queue = createEventQueue({
    invoke,
    functionByArn: (arn) => find(arn)?.found.fn,
    retryDelayMs,
    finished: (event) => {
      tellDestination(event, { invokeAsync, refusal, log: warn, clock });
    },
    log: warn,
    clock,
  });

  return {
    invoke,
    invokeAsync,
    update(functions) {
      const previous = deployed;
      deployed = deploy(functions, previous);
      for (const [arn, old] of previous) if (deployed.get(arn)?.hash !== old.hash) void retire(old);
    },
    async close() {
      closed = true;
      callOffRetirement?.();
      queue.close();
      await environments.close();
      runtimeApi.close();
      await reaper.close();
    },
  };
}

function eventOf({ functionArn, payload, requestId, traceId, clientContext, tail }: Invocation) {
  return {
    requestId: requestId ?? randomUUID(),
    payload,
    invokedFunctionArn: functionArn,
    traceId: traceId ?? newTraceId(),
    clientContext,
    tail,
  };
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function newTraceId(): string {
  const time = Math.floor(Date.now() / 1000).toString(16);
  const random = (digits: number) => randomUUID().replaceAll('-', '').slice(0, digits);
  return `Root=1-${time}-${random(24)};Parent=${random(16)};Sampled=0`;
}

/** Who may call a function, what its role allows, its aliases and what comes of its events are asked elsewhere: environments need not be replaced for them. */
function hashOf(
  {
    permissions: _permissions,
    qualifiers: _qualifiers,
    asynchronous: _asynchronous,
    deadLetterTarget: _deadLetterTarget,
    role,
    ...fn
  }: LambdaFunction,
  taskRoot: string,
  optRoot: string,
): string {
  return JSON.stringify([fn, role.name, taskRoot, optRoot]);
}

function notFound({ functionArn }: Invocation): Refusal {
  return { outcome: 'refused', reason: 'not-found', message: `Function not found: ${functionArn}` };
}

const LIMITS = { RequestResponse: PAYLOAD_LIMIT, Event: ASYNCHRONOUS_LIMIT };

function tooLarge({ payload }: Invocation, type: keyof typeof LIMITS): Refusal | undefined {
  const size = Buffer.byteLength(payload);
  if (size <= LIMITS[type]) return undefined;
  const message = `${size} byte payload is too large for the ${type} invocation type (limit ${LIMITS[type]} bytes)`;
  return { outcome: 'refused', reason: 'request-too-large', message };
}
