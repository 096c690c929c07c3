interface Provider {
  readonly source: string;
  readonly version: string;
}

/** A synthesized stack, as far as two tools may differ in it. */
export interface StackJson {
  readonly terraform: { readonly required_providers: Readonly<Record<string, Provider>> } & Json;
}

type Json = Readonly<Record<string, unknown>>;

/** What two tools made of one stack. */
export interface Comparison {
  /** Paths of what differs; empty when nothing but metadata and versions do. */
  readonly differences: readonly string[];
  /** Versions of providers, as `aws 6.25.0 → 6.66.0`: every release of a provider package brings its own. */
  readonly versions: readonly string[];
}

/** Compares stacks: `//` is the tools' own metadata, and a provider without a namespace is `hashicorp`'s. */
export function compareStacks(before: StackJson, after: StackJson): Comparison {
  const pins = after.terraform.required_providers;
  return {
    differences: differences(withoutVersions(before), withoutVersions(after), ''),
    versions: Object.entries(before.terraform.required_providers).map(
      ([name, { version }]) => `${name} ${version} → ${pins[name]?.version ?? 'none'}`,
    ),
  };
}

function withoutVersions({ terraform, ...stack }: StackJson): Json {
  const providers = Object.entries(terraform.required_providers).map(
    ([name, { source }]) => [name, source.includes('/') ? source : `hashicorp/${source}`] as const,
  );
  return { ...stack, terraform: { ...terraform, required_providers: Object.fromEntries(providers) } };
}

function differences(before: unknown, after: unknown, path: string): string[] {
  if (!isObject(before) || !isObject(after)) return Object.is(before, after) ? [] : [path];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  names.delete('//');
  return [...names].flatMap((name) => differences(before[name], after[name], `${path}/${name}`));
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
