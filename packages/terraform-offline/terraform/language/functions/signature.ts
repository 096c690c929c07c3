import type { Context } from '../evaluation/scope';
import { elementsOf, entriesOf, flagOf, known, numberOf, textOf } from '../values/access';
import type { Value } from '../values/value';

/** What a function is given beside its arguments. */
export interface FunctionContext extends Context {
  /** @param names what the template sees */
  evaluateTemplate(template: string, names: ReadonlyMap<string, Value>): Value;
}

export type TerraformFunction = (args: readonly Value[], context: FunctionContext) => Value;

export type Functions = Readonly<Record<string, TerraformFunction>>;

/** How an argument is converted, as Terraform converts it. */
interface Kinds {
  text: string;
  number: number;
  flag: boolean;
  list: readonly Value[];
  map: ReadonlyMap<string, Value>;
  /** Anything but null. */
  value: Value;
  /** Null and what is not known, too. */
  any: Value;
}

const CONVERSIONS: { readonly [K in keyof Kinds]: (value: Value) => Kinds[K] } = {
  text: textOf,
  number: numberOf,
  flag: flagOf,
  list: elementsOf,
  map: entriesOf,
  value: known,
  any: (value) => value,
};

type Kind = keyof Kinds;
type Converted<P extends readonly Kind[]> = { [I in keyof P]: Kinds[P[I]] };

/** A function with these parameters. */
export function fn<const P extends readonly Kind[]>(
  parameters: P,
  body: (args: Converted<P>, context: FunctionContext) => Value,
): TerraformFunction {
  return (args, context) => {
    if (args.length !== parameters.length) {
      throw new Error(`takes ${count(parameters.length)}, and is given ${args.length}`);
    }
    return body(convertedAll(parameters, args), context);
  };
}

/** A function with these parameters, and then any number of another kind. */
export function variadic<const P extends readonly Kind[], R extends Kind>(
  parameters: P,
  rest: R,
  body: (args: Converted<P>, rest: readonly Kinds[R][], context: FunctionContext) => Value,
): TerraformFunction {
  return (args, context) => {
    if (args.length < parameters.length) {
      throw new Error(`takes at least ${count(parameters.length)}, and is given ${args.length}`);
    }
    const others = args.slice(parameters.length).map((_, i) => converted(rest, args, parameters.length + i));
    return body(convertedAll(parameters, args), others, context);
  };
}

function convertedAll<P extends readonly Kind[]>(parameters: P, args: readonly Value[]): Converted<P> {
  // TypeScript does not follow a map over a tuple.
  return parameters.map((kind, i) => converted(kind, args, i)) as unknown as Converted<P>;
}

function converted<K extends Kind>(kind: K, args: readonly Value[], i: number): Kinds[K] {
  const convert: (value: Value) => Kinds[K] = CONVERSIONS[kind];
  return convert(args[i] ?? null);
}

function count(parameters: number): string {
  return parameters === 1 ? '1 argument' : `${parameters} arguments`;
}
