import type { Value } from '../values/value';

/** What an expression sees. */
export interface Scope {
  /**
   * The value of a name: `var`, `aws_lambda_function`, the `x` of a `for`.
   * @throws saying what there is, when there is no such name
   */
  lookup(name: string): Value;
  readonly context: Context;
}

/** What functions need beyond their arguments. */
export interface Context {
  /** Absolute path of the folder that relative paths start from: where Terraform would be run. */
  readonly folder: string;
  /** `timestamp()`: one time for the whole configuration. */
  readonly now: Date;
  /** A text that is the same at every start: what `uuid()` is made from. */
  readonly seed: string;
}

/** The names of a `for`, a `dynamic` block or a template file, above those around it. */
export function withNames(scope: Scope, names: Readonly<Record<string, Value>>): Scope {
  const own = new Map(Object.entries(names));
  return {
    context: scope.context,
    lookup: (name) => own.get(name) ?? (own.has(name) ? null : scope.lookup(name)),
  };
}
