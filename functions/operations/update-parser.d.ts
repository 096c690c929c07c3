/** The part of dynalite's generated parser that is used here. */
declare module 'dynalite/db/updateParser' {
  /** Attribute names and list indexes, names resolved. */
  type Path = readonly (string | number)[];

  /** What stands on the right of a `SET`: a path, a value as `attrVals` has it, arithmetic, or a function. */
  type Operand<Value> =
    | Path
    | Value
    | { readonly type: 'add' | 'subtract'; readonly args: readonly Operand<Value>[] }
    | { readonly type: 'function'; readonly name: string; readonly args: readonly Operand<Value>[] };

  export type Section<Value> =
    | { readonly type: 'set'; readonly path: Path; readonly val: Operand<Value> }
    | { readonly type: 'remove'; readonly path: Path }
    | { readonly type: 'add' | 'delete'; readonly path: Path; readonly val: Operand<Value> };

  /** Returns what is wrong with an expression that parses but makes no sense; throws a SyntaxError when it does not parse. */
  export function parse<Value>(
    expression: string,
    options: {
      readonly context: {
        readonly attrNames: Readonly<Record<string, string>>;
        readonly attrVals: Readonly<Record<string, Value>>;
        readonly isReserved: (name: string) => boolean;
      };
    },
  ): string | { readonly sections: readonly Section<Value>[] };
}
