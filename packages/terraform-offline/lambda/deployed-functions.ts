import type { LambdaFunction } from '../terraform/model/function';
import type { CodeStore } from './code-store';
import { linkSourceMap } from './debugger';
import type { Environments } from './environments';
import { type DeployedVersion, LATEST, parseFunctionArn, versionNumber } from './version';

/** A function with its versions, each made when it is first invoked. */
interface DeployedFunction {
  readonly fn: LambdaFunction;
  /** Equal for what would behave the same. */
  readonly hash: string;
  readonly taskRoot: string;
  readonly optRoot: string;
  readonly runtimeRoot: string;
  readonly versions: Map<string, DeployedVersion>;
}

/** What an ARN stands for. */
interface Found {
  readonly function: DeployedFunction;
  /** `$LATEST`, or the number of a published version. */
  readonly number: string;
}

interface DeployedFunctionsOptions {
  readonly code: CodeStore;
  readonly environments: Environments;
  /** Lambda's `/var/runtime` for a function. */
  readonly runtimeRootOf: (fn: LambdaFunction) => string;
  /** Whether each has an environment from the start, for debuggers. */
  readonly inspect: boolean;
  readonly sourceMaps: string | undefined;
}

/** The functions that can be invoked, with the code they have now. */
export class DeployedFunctions {
  private deployed: ReadonlyMap<string, DeployedFunction> = new Map();
  private readonly retired = new Set<DeployedFunction>();
  private closed = false;

  constructor(private readonly options: DeployedFunctionsOptions) {}

  /**
   * Takes these functions instead. Events under way are finished by the code they began with.
   * @throws when the code of a function, or a layer, cannot be read; then all stays as it was
   */
  update(functions: readonly LambdaFunction[]): void {
    const previous = this.deployed;
    this.deployed = this.deploy(functions, previous);
    for (const [arn, old] of previous) {
      if (this.deployed.get(arn)?.hash !== old.hash) void this.retire(old);
    }
  }

  find(arn: string): Found | undefined {
    const { functionArn, qualifier } = parseFunctionArn(arn);
    const found = this.deployed.get(functionArn);
    const number = found && versionNumber(found.fn, qualifier);
    return found && number !== undefined ? { function: found, number } : undefined;
  }

  /** From here on no code is removed: all of it goes with the folder that it is in. */
  close(): void {
    this.closed = true;
  }

  private deploy(
    functions: readonly LambdaFunction[],
    previous: ReadonlyMap<string, DeployedFunction>,
  ): ReadonlyMap<string, DeployedFunction> {
    const { code, environments, runtimeRootOf, inspect, sourceMaps } = this.options;
    const next = new Map(
      functions.map((fn): [string, DeployedFunction] => {
        const taskRoot = code.store([fn.codeDirectory]);
        const optRoot = code.store(fn.layerDirectories);
        const runtimeRoot = runtimeRootOf(fn);
        const hash = hashOf(fn, taskRoot, optRoot, runtimeRoot);
        const same = previous.get(fn.arn);
        if (same?.hash === hash) return [fn.arn, { ...same, fn }];
        return [fn.arn, { fn, hash, taskRoot, optRoot, runtimeRoot, versions: new Map() }];
      }),
    );
    if (!inspect) return next;
    for (const [arn, one] of next) {
      if (sourceMaps !== undefined) linkSourceMap(one.taskRoot, sourceMaps);
      if (previous.get(arn)?.hash === one.hash) continue;
      // A function with published versions is called by those.
      const published = new Set(Object.values(one.fn.qualifiers ?? {}));
      const numbers = published.size > 0 ? published : [LATEST];
      for (const number of numbers) environments.prepare(versionOf({ function: one, number }));
    }
    return next;
  }

  private async retire(old: DeployedFunction): Promise<void> {
    const { code, environments } = this.options;
    this.retired.add(old);
    await Promise.all([...old.versions.values()].map((version) => environments.drain(version)));
    this.retired.delete(old);
    if (this.closed) return;
    const used = [...this.deployed.values(), ...this.retired];
    code.keepOnly(used.flatMap(({ taskRoot, optRoot }) => [taskRoot, optRoot]));
  }
}

/** The version that was found, made when it is asked for first. */
export function versionOf({
  function: { versions, hash: _hash, ...deployed },
  number,
}: Found): DeployedVersion {
  const version = versions.get(number) ?? { ...deployed, number };
  versions.set(number, version);
  return version;
}

/**
 * Permissions, the role's policies, aliases and what becomes of events are looked up elsewhere: a change of these replaces
 * no environment.
 */
function hashOf(
  {
    permissions: _permissions,
    qualifiers: _qualifiers,
    asynchronous: _asynchronous,
    deadLetterTarget: _deadLetterTarget,
    role,
    ...fn
  }: LambdaFunction,
  ...roots: readonly string[]
): string {
  return JSON.stringify([fn, role.name, ...roots]);
}
