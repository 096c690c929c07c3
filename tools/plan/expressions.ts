import type { Plan } from './plan';
import type { ModuleConfiguration, ResourceChange } from './plan-json';

/** What is written for a resource's attributes; none when the plan does not hold it. */
export function expressionsOf(
  { address }: Pick<ResourceChange, 'address'>,
  { configuration }: Plan,
): Readonly<Record<string, unknown>> | undefined {
  return configuration && within(configuration.root_module, withoutKeys(address));
}

/**
 * The resources of the plan that an attribute is written with, those of its own module: for `${aws_iam_role.it.arn}` the role.
 */
export function referredTo(resource: ResourceChange, attribute: string, plan: Plan): ResourceChange[] {
  const module = /^(?:module\.[^.[]+(?:\[[^\]]*\])?\.)*/.exec(resource.address)?.[0] ?? '';
  const addresses = referencesOf(resource, attribute, plan).map((reference) => module + reference);
  return [...new Set(addresses.flatMap((address) => plan.byAddress.get(address) ?? []))];
}

/** What an attribute is written with, as it stands there: `aws_iam_role.it.arn` and `aws_iam_role.it`. */
export function referencesOf(resource: ResourceChange, attribute: string, plan: Plan): string[] {
  return references(expressionsOf(resource, plan)?.[attribute]);
}

/**
 * Whether someone wrote the value at a path; providers make up the rest. Of a resource whose configuration the plan does not hold,
 * nobody can tell, and it counts as written.
 */
export function isWritten(resource: ResourceChange, path: readonly (string | number)[], plan: Plan): boolean {
  let expression: unknown = expressionsOf(resource, plan);
  if (expression === undefined) return true;
  for (const step of path) {
    if (typeof expression !== 'object' || expression === null) return false;
    if ('constant_value' in expression || 'references' in expression) return true;
    expression = (expression as Record<string | number, unknown>)[step];
  }
  return expression !== undefined;
}

function within(
  { resources, module_calls }: ModuleConfiguration,
  address: string,
): Readonly<Record<string, unknown>> | undefined {
  const found = resources.find((resource) => resource.address === address);
  if (found) return found.expressions;
  const [, name, rest] = /^module\.([^.]+)\.(.+)$/.exec(address) ?? [];
  const module = name === undefined ? undefined : module_calls[name]?.module;
  return module && rest !== undefined ? within(module, rest) : undefined;
}

function references(expression: unknown): string[] {
  if (typeof expression !== 'object' || expression === null) return [];
  return Object.entries(expression).flatMap(([key, value]: [string, unknown]) =>
    key === 'references' && Array.isArray(value) ? value.map(String) : references(value),
  );
}

/** `module.m["a"].aws_x.it[0]` is written once, as `module.m.aws_x.it`. */
function withoutKeys(address: string): string {
  return address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, '');
}
