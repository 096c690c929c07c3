import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../clock';
import type { Credentials } from '../iam/credentials';
import type { Role } from '../iam/role';
import type { Log } from '../log/log';
import type { LambdaFunction } from '../terraform/model/function';
import { tellDestination } from './asynchronous/destinations';
import { createEventQueue } from './asynchronous/event-queue';
import { CodeStore } from './code-store';
import { debuggedVariables, debuggerLog, isUnderVsCode } from './debugger';
import { DeployedFunctions, versionOf } from './deployed-functions';
import type { FunctionEndpoints } from './endpoints';
import { Environments } from './environments';
import type { Event } from './execution-environment';
import type { Invocation, InvocationResult, InvocationSource, Invoke } from './invoker';
import { ASYNCHRONOUS_LIMIT, type Concurrency, machineConcurrency, PAYLOAD_LIMIT } from './limits';
import { ProcessReaper } from './process-reaper';
import { RuntimeApi } from './runtime-api';
import { runtimeCommand, runtimeRoot } from './runtimes/runtime';
import { sourcePositions } from './source-positions';
import { variablesOf } from './variables';
import type { DeployedVersion } from './version';

type Refusal = Extract<InvocationResult, { outcome: 'refused' }>;

export interface LambdaOptions {
  readonly functions: readonly LambdaFunction[];
  /** Ends what they start, and is closed with the service. Default: one of its own. */
  readonly reaper?: ProcessReaper;
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
  /** What the log says of a role that may not do that; undefined when it may. Default: every role may do everything. */
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

/**
 * Starts the service. Functions load when they are first invoked.
 * @throws when the code of a function, or a layer, cannot be read
 */
export function createLambda(options: LambdaOptions): Lambda {
  const { log, databaseEndpoint, credentialsFor, retireAfterMs = 5 * 60_000, inspect = false } = options;
  const { concurrency = machineConcurrency(), sourceMaps, sdkFolders = [] } = options;
  const { reaper = new ProcessReaper() } = options;
  const { retryDelayMs = 60_000, refusal = () => undefined, invoked, clock = systemClock } = options;
  const code = new CodeStore(reaper.folder);
  const runtimeApi = new RuntimeApi();
  const environments = new Environments({ concurrency, inspect, log, clock, start });
  const deployed = new DeployedFunctions({
    code,
    environments,
    runtimeRootOf: (fn) => runtimeRoot(fn, reaper.folder, sdkFolders),
    inspect,
    sourceMaps,
  });
  try {
    deployed.update(options.functions);
  } catch (error) {
    runtimeApi.close();
    void reaper.close();
    throw error;
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
          command: await runtimeCommand(version, inspect && !isUnderVsCode(process.env)),
          variables: inspect ? debuggedVariables(variables, process.env) : variables,
        };
      },
      log: inspect ? debuggerLog(fn.name, log, write) : write,
    };
  }

  /** Looks time and again for environments that nobody used. */
  const retireLater = (): (() => void) =>
    clock.after(retireAfterMs / 10, () => {
      environments.retire(retireAfterMs);
      callOffRetirement = retireLater();
    });
  let callOffRetirement = inspect ? undefined : retireLater();

  const invoke: Invoke = (invocation) => {
    const wanted = deployed.find(invocation.functionArn);
    if (!wanted) return Promise.resolve(notFound(invocation));
    const refused = tooLarge(invocation, 'RequestResponse');
    if (refused) return Promise.resolve(refused);
    const event = eventOf(invocation);
    const hear = invoked?.(event, invocation.source);
    const result = environments.invoke(versionOf(wanted), event);
    if (hear) void result.then(hear);
    return result;
  };

  const invokeAsync: Lambda['invokeAsync'] = (invocation) => {
    const refused = deployed.find(invocation.functionArn)
      ? tooLarge(invocation, 'Event')
      : notFound(invocation);
    if (!refused) queue.add(invocation);
    return refused;
  };

  const warn = (message: string) => {
    log({ type: 'notice', level: 'warn', message });
  };
  const queue = createEventQueue({
    invoke,
    functionByArn: (arn) => deployed.find(arn)?.function.fn,
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
      deployed.update(functions);
    },
    async close() {
      deployed.close();
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
  const random = `${randomUUID()}${randomUUID()}`.replaceAll('-', '');
  return `Root=1-${time}-${random.slice(0, 24)};Parent=${random.slice(24, 40)};Sampled=0`;
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
