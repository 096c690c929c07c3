import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Testing } from 'cdktf';
import { SystemStack } from '../../stacks/constructs/system-stack';
import { environment, type Environment } from '../../stacks/environment';
import { outputFolder } from '../../tools/project-root';

export type Configuration = Record<string, Record<string, unknown>>;
type Attributes = Record<string, unknown>;

/** What `npm run synth` wrote for a stack, without the metadata that cdktf adds. */
export function synthesized(stackId: string): Configuration {
  const file = path.join(outputFolder(), 'stacks', stackId, 'cdk.tf.json');
  return withoutMetadata(readFileSync(file, 'utf8'));
}

/**
 * Does something with stacks. cdktf notes of every token where it was made, in all its frames, and Jest looks each of them up
 * in source maps: without their texts it takes less than half the time.
 */
export function withoutTraces<T>(work: () => T): T {
  Error.prepareStackTrace = () => '';
  try {
    return work();
  } finally {
    Reflect.deleteProperty(Error, 'prepareStackTrace');
  }
}

/** Synthesizes a stack of this project made of whatever `build` puts into it. */
export function synthesize(
  build: (stack: SystemStack, environment: Environment) => void,
  settings = environment(),
): Configuration {
  class TestStack extends SystemStack {}
  const outdir = mkdtempSync(path.join(tmpdir(), 'synth-'));
  try {
    return withoutTraces(() => {
      const stack = new TestStack(Testing.app({ outdir }), 'test', settings);
      build(stack, settings);
      return withoutMetadata(Testing.synth(stack, true));
    });
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

export function withoutMetadata(json: string): Configuration {
  return JSON.parse(json, (key, value: unknown) => (key === '//' ? undefined : value)) as Configuration;
}

/** All resources of a type, by logical id; empty when there is none. */
export function resourcesOf(configuration: Configuration, type: string): Record<string, Attributes> {
  return (configuration.resource?.[type] ?? {}) as Record<string, Attributes>;
}

/**
 * The one resource of a type whose attributes match.
 * @throws when there is none or more than one, listing what there is
 */
export function resource(configuration: Configuration, type: string, match: Attributes = {}): Attributes {
  const all = Object.values(resourcesOf(configuration, type));
  const matching = all.filter((attributes) =>
    Object.entries(match).every(([name, value]) => attributes[name] === value),
  );
  if (matching.length !== 1 || !matching[0]) {
    throw new Error(
      `${matching.length} of ${all.length} ${type} match ${JSON.stringify(match)}: ${JSON.stringify(all, null, 2)}`,
    );
  }
  return matching[0];
}

export interface PolicyStatement {
  readonly Effect: string;
  readonly Action: string[];
  readonly Resource?: string;
  readonly Principal?: Record<string, string>;
}

/** The statements of an inline policy. */
export function statements(policy: unknown): PolicyStatement[] {
  return (JSON.parse(policy as string) as { Statement: PolicyStatement[] }).Statement;
}
