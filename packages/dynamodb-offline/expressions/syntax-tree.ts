import type { PathSyntax } from './paths';
import type { Comparator } from './tree';

/** What a `:placeholder` is before it is resolved. */
export interface ValueSyntax {
  readonly type: 'value';
  readonly placeholder: string;
}

/** A function, which may be a condition or an operand. */
export interface CallSyntax {
  readonly type: 'call';
  readonly name: string;
  readonly args: readonly OperandSyntax[];
}

export type OperandSyntax = PathSyntax | ValueSyntax | CallSyntax;

export type ConditionSyntax =
  | CallSyntax
  | { readonly type: 'and' | 'or'; readonly conditions: readonly ConditionSyntax[] }
  | { readonly type: 'not'; readonly condition: ConditionSyntax }
  | {
      readonly type: 'comparison';
      readonly comparator: Comparator;
      readonly left: OperandSyntax;
      readonly right: OperandSyntax;
    }
  | {
      readonly type: 'between';
      readonly operand: OperandSyntax;
      readonly lower: OperandSyntax;
      readonly upper: OperandSyntax;
    }
  | { readonly type: 'in'; readonly operand: OperandSyntax; readonly candidates: readonly OperandSyntax[] };

export interface ArithmeticSyntax {
  readonly type: '+' | '-';
  readonly left: OperandSyntax;
  readonly right: OperandSyntax;
}

export type Syntax = OperandSyntax | ConditionSyntax | ArithmeticSyntax;

export function isOperand(syntax: Syntax): syntax is OperandSyntax {
  return syntax.type === 'path' || syntax.type === 'value' || syntax.type === 'call';
}

export function isCondition(syntax: Syntax): syntax is ConditionSyntax {
  return !['path', 'value', '+', '-'].includes(syntax.type);
}
