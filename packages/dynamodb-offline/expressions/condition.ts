import { Faults } from './faults';
import {
  isConditionFunction,
  isUpdateFunction,
  misused,
  notAPath,
  takes,
  wrongCount,
  wrongType,
  type ConditionFunction,
} from './functions';
import { describePath, resolvePath } from './paths';
import type { Placeholders } from './placeholders';
import { parseConditionSyntax } from './syntax';
import type { CallSyntax, ConditionSyntax, OperandSyntax } from './syntax-tree';
import { Tokens, type ExpressionKind } from './tokens';
import type { Comparand, Comparator, Condition } from './tree';
import type { DataType } from './values';

export type ConditionKind = Extract<
  ExpressionKind,
  'ConditionExpression' | 'FilterExpression' | 'KeyConditionExpression'
>;

/** @throws {ExpressionError} when DynamoDB refuses it */
export function parseCondition<Value>(
  kind: ConditionKind,
  text: string,
  placeholders: Placeholders<Value>,
): Condition<Value> {
  const tokens = new Tokens(kind, text);
  const faults = new Faults(tokens, placeholders.rules?.isReserved);
  const syntax = parseConditionSyntax(tokens, faults);
  // From here on the tree is as deep as it has operators, so that it can be walked by recursion.
  faults.throwFirst(['parentheses', 'function', 'operators']);
  noteMisuse(syntax, faults);
  faults.throwFirst(['usage', 'reserved', 'depth']);
  return new ConditionResolver(tokens, placeholders).condition(syntax);
}

/** Functions that stand where they cannot. */
function noteMisuse(syntax: ConditionSyntax | OperandSyntax, faults: Faults, isOperand = false): void {
  switch (syntax.type) {
    case 'call':
      if (isUpdateFunction(syntax.name)) {
        const message = 'The function is not allowed in a condition expression; function';
        faults.note('usage', `${message}: ${syntax.name}`);
      } else if (isConditionFunction(syntax.name) === isOperand) {
        faults.note('usage', misused(syntax.name));
      }
      for (const operand of syntax.args) noteMisuse(operand, faults, true);
      break;
    case 'and':
    case 'or':
      for (const condition of syntax.conditions) noteMisuse(condition, faults);
      break;
    case 'not':
      noteMisuse(syntax.condition, faults);
      break;
    case 'comparison':
      for (const operand of [syntax.left, syntax.right]) noteMisuse(operand, faults, true);
      break;
    case 'between':
      for (const operand of [syntax.operand, syntax.lower, syntax.upper]) noteMisuse(operand, faults, true);
      break;
    case 'in':
      for (const operand of [syntax.operand, ...syntax.candidates]) noteMisuse(operand, faults, true);
      break;
    case 'path':
    case 'value':
  }
}

const DATA_TYPES = ['S', 'SS', 'N', 'NS', 'B', 'BS', 'BOOL', 'NULL', 'L', 'M'];

/** The types that a path can have in DynamoDB's eyes, its internal ones too; told when `attribute_type` is given a path. */
const ANY_TYPE = `{${DATA_TYPES.join()},HD,DOUBLE,FLOAT,HDS,FS,DOUBLESET,DICT,DECIMAL,INT,DECIMALSET,INTSET}`;

/** Resolves names and values, and refuses operands: operands first, from the left, as DynamoDB does. */
class ConditionResolver<Value> {
  constructor(
    private readonly tokens: Tokens,
    private readonly placeholders: Placeholders<Value>,
  ) {}

  condition(syntax: ConditionSyntax): Condition<Value> {
    switch (syntax.type) {
      case 'and':
      case 'or':
        return { type: syntax.type, conditions: syntax.conditions.map((each) => this.condition(each)) };
      case 'not':
        return { type: 'not', condition: this.condition(syntax.condition) };
      case 'comparison':
        return this.comparison(syntax.comparator, this.operand(syntax.left), this.operand(syntax.right));
      case 'between':
        return this.between(
          this.operand(syntax.operand),
          this.operand(syntax.lower),
          this.operand(syntax.upper),
        );
      case 'in': {
        const operand = this.operand(syntax.operand);
        return { type: 'in', operand, candidates: syntax.candidates.map((each) => this.operand(each)) };
      }
      case 'call':
        return this.conditionFunction(syntax);
    }
  }

  private operand(syntax: OperandSyntax): Comparand<Value> {
    const { tokens, placeholders } = this;
    switch (syntax.type) {
      case 'path':
        return { type: 'path', path: resolvePath(syntax, tokens, placeholders) };
      case 'value':
        return { type: 'value', value: placeholders.value(syntax.placeholder, tokens) };
      case 'call':
        return this.size(syntax.args.map((each) => this.operand(each)));
    }
  }

  private size(args: readonly Comparand<Value>[]): Comparand<Value> {
    if (!takes('size', args.length)) throw this.tokens.refusal(wrongCount('size', args.length));
    const [of] = args;
    const type = of && this.typeOf(of);
    if (of === undefined || of.type === 'size' || type === 'N' || type === 'BOOL' || type === 'NULL') {
      throw this.tokens.refusal(wrongType('size', type ?? 'N'));
    }
    return { type: 'size', of };
  }

  private comparison(
    comparator: Comparator,
    left: Comparand<Value>,
    right: Comparand<Value>,
  ): Condition<Value> {
    if (comparator !== '=' && comparator !== '<>') this.refuseUnordered(comparator, [left, right]);
    this.refuseSame(comparator, left, right);
    return { type: 'comparison', comparator, left, right };
  }

  private between(
    operand: Comparand<Value>,
    lower: Comparand<Value>,
    upper: Comparand<Value>,
  ): Condition<Value> {
    this.refuseUnordered('BETWEEN', [operand, lower, upper]);
    const { rules } = this.placeholders;
    if (rules && lower.type === 'value' && upper.type === 'value') {
      const isSameType = rules.typeOf(lower.value) === rules.typeOf(upper.value);
      const bounds =
        `lower bound operand: AttributeValue: ${rules.describe(lower.value)}, ` +
        `upper bound operand: AttributeValue: ${rules.describe(upper.value)}`;
      if (!isSameType) {
        const message = 'The BETWEEN operator requires same data type for lower and upper bounds';
        throw this.tokens.refusal(`${message}; ${bounds}`);
      }
      if (!rules.isAscending(lower.value, upper.value)) {
        const message =
          'The BETWEEN operator requires upper bound to be greater than or equal to lower bound';
        throw this.tokens.refusal(`${message}; ${bounds}`);
      }
    }
    return { type: 'between', operand, lower, upper };
  }

  private conditionFunction({ name, args }: CallSyntax): Condition<Value> {
    const operands = args.map((each) => this.operand(each));
    if (!isConditionFunction(name)) throw this.tokens.refusal(misused(name));
    if (!takes(name, operands.length)) throw this.tokens.refusal(wrongCount(name, operands.length));
    const [operand, argument] = operands;
    if (operand === undefined) throw this.tokens.syntaxError();
    if (argument === undefined) return this.existence(name, operand);
    if (name === 'attribute_type') return this.attributeType(operand, argument);
    for (const each of name === 'begins_with' ? operands : []) {
      const type = this.typeOf(each);
      if (type !== undefined && type !== 'S' && type !== 'B') {
        throw this.tokens.refusal(wrongType('begins_with', type));
      }
    }
    this.refuseSame(name, operand, argument);
    return { type: name === 'begins_with' ? name : 'contains', operand, argument };
  }

  private existence(name: ConditionFunction, operand: Comparand<Value>): Condition<Value> {
    if (operand.type !== 'path') throw this.tokens.refusal(notAPath(name));
    const type = name === 'attribute_exists' ? name : 'attribute_not_exists';
    return { type, path: operand.path };
  }

  private attributeType(operand: Comparand<Value>, argument: Comparand<Value>): Condition<Value> {
    const { rules } = this.placeholders;
    const type = this.typeOf(argument);
    if (argument.type !== 'value' || (type !== undefined && type !== 'S')) {
      throw this.tokens.refusal(wrongType('attribute_type', type ?? ANY_TYPE));
    }
    const name = rules?.textOf(argument.value);
    if (name !== undefined && !DATA_TYPES.includes(name)) {
      const message = `Invalid attribute type name found; type: ${name}`;
      throw this.tokens.refusal(`${message}, valid types: {${DATA_TYPES.join()}}`);
    }
    return { type: 'attribute_type', operand, dataType: argument.value };
  }

  /** A path's type shows only when an item is read, a value's only where the values' rules are known. */
  private typeOf(operand: Comparand<Value>): DataType | undefined {
    if (operand.type === 'size') return 'N';
    return operand.type === 'value' ? this.placeholders.rules?.typeOf(operand.value) : undefined;
  }

  private refuseUnordered(operator: string, operands: readonly Comparand<Value>[]): void {
    for (const operand of operands) {
      const type = this.typeOf(operand);
      if (type !== undefined && type !== 'S' && type !== 'N' && type !== 'B') {
        throw this.tokens.refusal(wrongType(operator, type));
      }
    }
  }

  private refuseSame(operator: string, first: Comparand<Value>, second: Comparand<Value>): void {
    if (first.type !== 'path' || second.type !== 'path') return;
    const [one, two] = [first.path, second.path];
    if (one.length !== two.length || one.some((step, index) => step !== two[index])) return;
    const message =
      'The first operand must be distinct from the remaining operands for this operator or function';
    throw this.tokens.refusal(
      `${message}; operator: ${operator}, first operand: ${describePath(first.path)}`,
    );
  }
}
