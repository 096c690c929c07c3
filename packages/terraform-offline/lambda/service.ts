import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { programFile } from '../package-root';
import type { Log } from '../log/log';
import type { LambdaFunction, Role } from '../terraform/model';
import { CodeStore } from './code-store';
import { type Credentials, environmentOf } from './environment';
import { FunctionPool } from './function-pool';
import type { Invocation, InvocationResult, Invoke } from './invoker';
import { PAYLOAD_LIMIT } from './limits';
import { byEveryArn } from './qualifiers';
import { sourcePositions } from './source-positions';

/** Where `worker.js` is, the program of execution environments. */
const RUNTIME = programFile('lambda');

type Refusal = Extract<InvocationResult, { outcome: 'refused' }>;

export interface LambdaOptions {
  readonly functions: readonly LambdaFunction[];
  /** What the functions get as `AWS_ENDPOINT_URL_DYNAMODB`. */
  readonly databaseEndpoint: string;
  readonly credentialsFor: (role: Role) => Credentials;
  /** The folder of the source maps of functions' code; see `sourcePositions`. Default: none. */
  readonly sourceMaps?: string;
  readonly log: Log;
  /** How long a function's last execution environment stays without events; others a tenth of it. Default: five minutes. */
  readonly retireAfterMs?: number;
}

/** The local Lambda service. */
export interface Lambda {
  readonly invoke: Invoke;
  /** Takes these functions instead. Events under way are finished by the code they began with. */
  update(functions: readonly LambdaFunction[]): void;
  /** Ends every function at once. */
  close(): Promise<void>;
}

interface Deployed {
  /** Equal for what would behave the same. */
  readonly version: string;
  /** Folders of the code store. */
  readonly folders: readonly string[];
  readonly pool: FunctionPool;
}

/**
 * Starts the service. Functions load when they are first invoked.
 * @throws when the code of a function, or a layer, cannot be read
 */
export function createLambda(options: LambdaOptions): Lambda {
  const { log, databaseEndpoint, credentialsFor, sourceMaps, retireAfterMs = 5 * 60_000 } = options;
  const code = new CodeStore();
  const retired = new Set<Deployed>();
  let runtime: string;
  let deployed: ReadonlyMap<string, Deployed>;
  try {
    runtime = code.store([RUNTIME]);
    deployed = deploy(options.functions);
  } catch (error) {
    code.close();
    throw error;
  }

  function deploy(functions: readonly LambdaFunction[], previous?: ReadonlyMap<string, Deployed>) {
    return new Map(
      functions.flatMap(byEveryArn).map((fn): [string, Deployed] => {
        const taskRoot = code.store([fn.codeDirectory]);
        const optRoot = code.store(fn.layerDirectories);
        const version = versionOf(fn, taskRoot, optRoot);
        const same = previous?.get(fn.arn);
        if (same?.version === version) return [fn.arn, same];
        const folders = [taskRoot, optRoot];
        return [fn.arn, { version, folders, pool: poolOf(fn, taskRoot, optRoot) }];
      }),
    );
  }

  function poolOf(fn: LambdaFunction, taskRoot: string, optRoot: string): FunctionPool {
    const credentials = credentialsFor(fn.role);
    const variables = () => environmentOf(fn, { taskRoot, optRoot, databaseEndpoint, credentials });
    const readable = sourcePositions(taskRoot, sourceMaps);
    return new FunctionPool({
      fn,
      runtime: path.join(runtime, 'worker.js'),
      taskRoot,
      variables,
      log(entry) {
        log(entry.type === 'function' ? { ...entry, line: readable(entry.line) } : entry);
      },
    });
  }

  async function retire(old: Deployed): Promise<void> {
    retired.add(old);
    await old.pool.drain();
    retired.delete(old);
    code.keepOnly([runtime, ...[...deployed.values(), ...retired].flatMap(({ folders }) => folders)]);
  }

  const retirement = setInterval(() => {
    for (const { pool } of deployed.values()) pool.retire(retireAfterMs);
  }, retireAfterMs / 10).unref();

  return {
    invoke: (invocation) => invoke(deployed.get(invocation.functionArn)?.pool, invocation),
    update(functions) {
      const previous = deployed;
      deployed = deploy(functions, previous);
      for (const [arn, old] of previous) if (deployed.get(arn) !== old) void retire(old);
    },
    async close() {
      clearInterval(retirement);
      await Promise.all([...retired, ...deployed.values()].map(({ pool }) => pool.close()));
      code.close();
    },
  };
}

function invoke(pool: FunctionPool | undefined, invocation: Invocation): Promise<InvocationResult> {
  const { functionArn, payload, requestId = randomUUID() } = invocation;
  if (!pool) {
    return refused('not-found', `Function not found: ${functionArn}`);
  }
  const size = Buffer.byteLength(payload);
  if (size > PAYLOAD_LIMIT) {
    const message = `${size} byte payload is too large for the RequestResponse invocation type (limit ${PAYLOAD_LIMIT} bytes)`;
    return refused('request-too-large', message);
  }
  return pool.invoke(invocation, requestId);
}

/** Who may call a function, and what its role allows, is asked elsewhere: environments need not be replaced for it. */
function versionOf(
  { permissions: _, role, ...fn }: LambdaFunction,
  taskRoot: string,
  optRoot: string,
): string {
  return JSON.stringify([fn, role.name, taskRoot, optRoot]);
}

function refused(reason: Refusal['reason'], message: string): Promise<Refusal> {
  return Promise.resolve({ outcome: 'refused', reason, message });
}
