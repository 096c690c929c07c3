/** A document path: the attribute's name, then members of maps and indexes of lists; `#names` are resolved. */
export type Path = readonly [string, ...(string | number)[]];

export interface PathOperand {
  readonly type: 'path';
  readonly path: Path;
}

/** What a `:placeholder` stands for. */
export interface ValueOperand<Value> {
  readonly type: 'value';
  readonly value: Value;
}

/** A path or a value. */
export type Operand<Value> = PathOperand | ValueOperand<Value>;

export interface SizeOperand<Value> {
  readonly type: 'size';
  readonly of: Operand<Value>;
}

/** What conditions compare: a path, a value, or the size of one. */
export type Comparand<Value> = Operand<Value> | SizeOperand<Value>;

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A condition, filter or key condition expression. */
export type Condition<Value> =
  | { readonly type: 'and' | 'or'; readonly conditions: readonly Condition<Value>[] }
  | { readonly type: 'not'; readonly condition: Condition<Value> }
  | {
      readonly type: 'comparison';
      readonly comparator: Comparator;
      readonly left: Comparand<Value>;
      readonly right: Comparand<Value>;
    }
  | {
      readonly type: 'between';
      readonly operand: Comparand<Value>;
      readonly lower: Comparand<Value>;
      readonly upper: Comparand<Value>;
    }
  | {
      readonly type: 'in';
      readonly operand: Comparand<Value>;
      readonly candidates: readonly Comparand<Value>[];
    }
  | { readonly type: 'attribute_exists' | 'attribute_not_exists'; readonly path: Path }
  | { readonly type: 'attribute_type'; readonly operand: Comparand<Value>; readonly dataType: Value }
  | {
      readonly type: 'begins_with' | 'contains';
      readonly operand: Comparand<Value>;
      readonly argument: Comparand<Value>;
    };

/** What arithmetic and functions of updates take. */
export type SetOperand<Value> =
  | Operand<Value>
  | { readonly type: 'if_not_exists'; readonly path: Path; readonly otherwise: SetOperand<Value> }
  | {
      readonly type: 'list_append';
      readonly first: SetOperand<Value>;
      readonly second: SetOperand<Value>;
    };

/** What stands on the right of a `SET`. */
export type SetValue<Value> =
  | SetOperand<Value>
  | { readonly type: '+' | '-'; readonly left: SetOperand<Value>; readonly right: SetOperand<Value> };

/** One action of an update expression. */
export type UpdateAction<Value> =
  | { readonly type: 'set'; readonly path: Path; readonly value: SetValue<Value> }
  | { readonly type: 'remove'; readonly path: Path }
  | { readonly type: 'add' | 'delete'; readonly path: Path; readonly value: Value };

/** An update expression: its actions in the order in which they are written. */
export type Update<Value> = readonly UpdateAction<Value>[];
