/** An expression of HCL: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#expressions */
export type Expression = Located &
  (
    | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
    | { readonly kind: 'template'; readonly parts: readonly Expression[] }
    | { readonly kind: 'variable'; readonly name: string }
    | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
    | { readonly kind: 'index'; readonly of: Expression; readonly key: Expression }
    | { readonly kind: 'splat'; readonly of: Expression; readonly steps: readonly Step[] }
    | Call
    | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly operand: Expression }
    | Binary
    | Conditional
    | { readonly kind: 'tuple'; readonly elements: readonly Expression[] }
    | { readonly kind: 'object'; readonly items: readonly ObjectItem[] }
    | For
    | { readonly kind: 'parentheses'; readonly inner: Expression }
  );

export interface Binary {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Call {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  /** `f(list...)` */
  readonly expandLast: boolean;
}

export interface Conditional {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface For {
  readonly kind: 'for';
  readonly result: 'tuple' | 'object' | 'text';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  /** Of an object only. */
  readonly key: Expression | undefined;
  readonly value: Expression;
  readonly condition: Expression | undefined;
  /** `...` after the value: values of one key become a list. */
  readonly grouped: boolean;
}

export interface ObjectItem {
  readonly key: Expression;
  readonly value: Expression;
}

export type Step =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly key: Expression };

export type BinaryOperator =
  '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

/** The source of it, for errors. */
export interface Located {
  readonly text: string;
}
