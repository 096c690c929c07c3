import { located, messageOf } from '../../../message-of';
import { callFunction } from '../functions/call';
import { applyBinary } from './operators';
import { attributeOf, elementOf, splatElements } from './steps';
import { evaluateFor } from './for';
import type { Context, Scope } from './scope';
import { elementsOf, flagOf, numberOf, textOf } from '../values/access';
import { convert, typeOf, unify } from '../values/type';
import { NotKnown, objectOf, Unknown, type Value } from '../values/value';
import { parseTemplate } from '../syntax/parser';
import type { Binary, Call, Conditional, Expression, Step } from '../syntax/tree';

/** What is wrong with an expression, and with which part of it. */
class ExpressionError extends Error {}

/**
 * The value of an expression; `Unknown` when it, or what it is made from, is not known here.
 * @throws ExpressionError naming the part of the expression
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  try {
    return evaluateNode(expression, scope);
  } catch (error) {
    if (error instanceof NotKnown) return error.unknown;
    if (error instanceof ExpressionError || !(error instanceof Error)) throw error;
    throw new ExpressionError(located(expression.text, error.message), { cause: error });
  }
}

function evaluateNode(expression: Expression, scope: Scope): Value {
  const value = (part: Expression) => evaluate(part, scope);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'parentheses':
      return value(expression.inner);
    case 'template':
      return expression.parts.map((part) => textOf(value(part))).join('');
    case 'variable':
      return scope.lookup(expression.name);
    case 'attribute':
      return attributeOf(value(expression.of), expression.name);
    case 'index':
      return elementOf(value(expression.of), value(expression.key));
    case 'splat': {
      const elements = splatElements(value(expression.of));
      if (elements instanceof Unknown) return elements;
      return elements.map((element) =>
        expression.steps.reduce((of, step) => takeStep(of, step, scope), element),
      );
    }
    case 'call':
      return evaluateCall(expression, scope);
    case 'unary': {
      const operand = value(expression.operand);
      return expression.operator === '!' ? !flagOf(operand) : -numberOf(operand);
    }
    case 'binary':
      return evaluateBinary(expression, scope);
    case 'conditional':
      return evaluateConditional(expression, scope);
    case 'tuple':
      return expression.elements.map(value);
    case 'object':
      return objectOf(expression.items.map((item) => [textOf(value(item.key)), value(item.value)] as const));
    case 'for':
      return evaluateFor(expression, scope, evaluate);
  }
}

/** `&&` and `||` leave out what no longer matters, as Terraform does since 1.12. */
function evaluateBinary({ operator, left, right }: Binary, scope: Scope): Value {
  const first = evaluate(left, scope);
  if (operator === '&&' && !flagOf(first)) return false;
  if (operator === '||' && flagOf(first)) return true;
  return applyBinary(operator, first, evaluate(right, scope));
}

function takeStep(of: Value, step: Step, scope: Scope): Value {
  return step.kind === 'attribute' ? attributeOf(of, step.name) : elementOf(of, evaluate(step.key, scope));
}

/** Both results are evaluated, since their types decide together what the condition gives: `true ? 1 : "a"` is `"1"`. */
function evaluateConditional(expression: Conditional, scope: Scope): Value {
  const isTrue = flagOf(evaluate(expression.condition, scope));
  const result = evaluate(isTrue ? expression.whenTrue : expression.whenFalse, scope);
  const other = orUnknown(() => evaluate(isTrue ? expression.whenFalse : expression.whenTrue, scope));
  const type = unify([typeOf(result), typeOf(other)]);
  return type ? convert(result, type) : result;
}

function orUnknown(read: () => Value): Value {
  try {
    return read();
  } catch {
    return new Unknown('the result that the condition does not choose');
  }
}

function evaluateCall(call: Call, scope: Scope): Value {
  if (call.name === 'try') return firstWithoutError(call, scope);
  if (call.name === 'can') return can(call, scope);
  const args = call.args.map((argument) => evaluate(argument, scope));
  if (call.expandLast) args.push(...elementsOf(args.pop() ?? null));
  const { context } = scope;
  return callFunction(call.name, args, {
    ...context,
    evaluateTemplate: (text, names) => evaluateTemplate(text, names, context),
  });
}

/** A template file sees what it is given, and nothing else. */
function evaluateTemplate(text: string, names: ReadonlyMap<string, Value>, context: Context): Value {
  return evaluate(parseTemplate(text), {
    context,
    lookup(name) {
      const value = names.get(name);
      if (value !== undefined) return value;
      throw new Error(`the template is given no ${name}`);
    },
  });
}

function firstWithoutError(call: Call, scope: Scope): Value {
  const problems: string[] = [];
  for (const argument of call.args) {
    try {
      return evaluate(argument, scope);
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  throw new Error(`each of the expressions fails: ${problems.join('; ')}`);
}

function can(call: Call, scope: Scope): Value {
  const [argument] = call.args;
  if (!argument) throw new Error('can needs an expression');
  try {
    const value = evaluate(argument, scope);
    return value instanceof Unknown ? value : true;
  } catch {
    return false;
  }
}
