import { parseCondition } from './condition';
import { ExpressionError } from './error';
import type { Placeholders } from './placeholders';
import type { Comparand, Comparator, Condition, PathOperand } from './tree';

/**
 * A key condition expression: conditions on one attribute each, joined by `AND`. In the tree every attribute stands on the
 * left of its values.
 *
 * @throws {ExpressionError} when DynamoDB refuses it, whatever the table's keys are
 */
export function parseKeyCondition<Value>(text: string, placeholders: Placeholders<Value>): Condition<Value> {
  const names = new Set<string>();
  const conditions = conjuncts(parseCondition('KeyConditionExpression', text, placeholders)).map((each) => {
    const condition = turned(each);
    const [name] = attributeOf(condition).path;
    if (names.has(name)) throw refusal('KeyConditionExpressions must only contain one condition per key');
    names.add(name);
    return condition;
  });
  const [only, ...others] = conditions;
  if (only !== undefined && others.length === 0) return only;
  return { type: 'and', conditions };
}

function conjuncts<Value>(condition: Condition<Value>): Condition<Value>[] {
  return condition.type === 'and' ? condition.conditions.flatMap(conjuncts) : [condition];
}

type KeyCondition<Value> = Extract<
  Condition<Value>,
  { type: 'comparison' | 'between' } | { type: 'begins_with' | 'contains' }
>;

const MIRRORED: Readonly<Partial<Record<Comparator, Comparator>>> = {
  '=': '=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** The condition with its attribute on the left; refused if it cannot be one on a key. */
function turned<Value>(condition: Condition<Value>): KeyCondition<Value> {
  if (condition.type === 'comparison') {
    const { comparator, left, right } = condition;
    const mirrored = MIRRORED[comparator];
    if (mirrored === undefined) throw invalidOperator(comparator);
    checkOperands([left, right]);
    return left.type === 'path'
      ? condition
      : { ...condition, comparator: mirrored, left: right, right: left };
  }
  if (condition.type === 'between') {
    checkFirst('BETWEEN', condition.operand);
    checkOperands([condition.operand, condition.lower, condition.upper]);
    return condition;
  }
  if (condition.type === 'begins_with') {
    checkFirst('begins_with', condition.operand);
    checkOperands([condition.operand, condition.argument]);
    return condition;
  }
  const isWord = condition.type === 'or' || condition.type === 'not' || condition.type === 'in';
  throw invalidOperator(isWord ? condition.type.toUpperCase() : condition.type);
}

function attributeOf<Value>(condition: KeyCondition<Value>): PathOperand {
  const first = condition.type === 'comparison' ? condition.left : condition.operand;
  if (first.type === 'path') return first;
  throw invalidCondition('No key attribute specified');
}

function checkFirst(operator: string, operand: Comparand<unknown>): void {
  if (operand.type === 'path') return;
  throw invalidCondition(`${operator} operator must have the key attribute as its first operand`);
}

/** One attribute, and values. */
function checkOperands(operands: readonly Comparand<unknown>[]): void {
  let attributes = 0;
  for (const operand of operands) {
    if (operand.type === 'size') throw refusal('KeyConditionExpressions cannot contain nested operations');
    if (operand.type !== 'path') continue;
    if (++attributes > 1) throw invalidCondition('Multiple attribute names used in one condition');
    if (operand.path.length > 1) {
      throw refusal('KeyConditionExpressions cannot have conditions on nested attributes');
    }
  }
  if (attributes === 0) throw invalidCondition('No key attribute specified');
}

function invalidOperator(operator: string): ExpressionError {
  return refusal(`Invalid operator used in KeyConditionExpression: ${operator}`);
}

function invalidCondition(message: string): ExpressionError {
  return refusal(`Invalid condition in KeyConditionExpression: ${message}`);
}

function refusal(message: string): ExpressionError {
  return new ExpressionError(`Invalid KeyConditionExpression: ${message}`);
}
