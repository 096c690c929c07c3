import { evaluate } from '../evaluation/evaluate';
import { withNames, type Context, type Scope } from '../evaluation/scope';
import type { Trail } from '../evaluation/cell';
import { bare, objectsOf } from '../sources/json';
import type { Declaration } from '../sources/module-source';
import type { GivenValue } from '../sources/variable-values';
import { parseExpression } from '../syntax/parser';
import { flagOf, textOf } from '../values/access';
import { fromPlain } from '../values/plain';
import { ANY, convert, type Type } from '../values/type';
import { readType } from '../values/type-expression';
import { NotKnown, objectOf, type Value } from '../values/value';
import { evaluateJson } from './body';

/** The type that a variable declares; `any` when it declares none. */
function typeOfVariable({ body }: Declaration, context: Context): Type {
  if (typeof body.type !== 'string') return ANY;
  const none = withoutNames(context);
  return readType(parseExpression(bare(body.type)), (expression) => evaluate(expression, none));
}

/**
 * The value of a variable: what was given or its default, converted to its type.
 * @param given undefined when nothing was
 * @param howToGive for the error when there is neither
 */
export function valueOfVariable(
  declaration: Declaration,
  given: Value | undefined,
  context: Context,
  trail: Trail,
  howToGive: string,
): Value {
  const { body, file } = declaration;
  const type = typeOfVariable(declaration, context);
  const nullable = body.nullable !== false;
  if (given !== undefined && (given !== null || (nullable && body.default === undefined))) {
    return convert(given, type);
  }
  if (given === null && nullable) return null;
  if (body.default === undefined) throw new Error(`it has no value: ${howToGive}`);
  // A default in JSON is taken literally: https://developer.hashicorp.com/terraform/language/syntax/json#variable-blocks
  const value = file.endsWith('.json')
    ? fromPlain(body.default)
    : evaluateJson(body.default, withoutNames(context), trail, 'default');
  return convert(value, type);
}

/** What the command line, a file or the environment gave, read as the variable's type wants it. */
export function valueGiven(
  given: GivenValue,
  declaration: Declaration,
  context: Context,
  trail: Trail,
): Value {
  if (given.kind === 'json') {
    return given.from.endsWith('.json')
      ? fromPlain(given.json)
      : evaluateJson(given.json, withoutNames(context), trail, given.from);
  }
  const { kind } = typeOfVariable(declaration, context);
  const isText = declaration.body.type === undefined || ['string', 'number', 'bool'].includes(kind);
  return isText ? given.text : evaluate(parseExpression(given.text), withoutNames(context));
}

/** @throws with the `error_message` of the first `validation` that does not hold */
export function validate(
  name: string,
  declaration: Declaration,
  value: Value,
  scope: Scope,
  trail: Trail,
): void {
  const inner = withNames(scope, { var: objectOf([[name, value]]) });
  for (const { condition, error_message } of objectsOf(declaration.body.validation)) {
    try {
      if (flagOf(evaluateJson(condition, inner, trail, 'condition'))) continue;
    } catch (error) {
      if (error instanceof NotKnown) continue;
      throw error;
    }
    throw new Error(textOf(evaluateJson(error_message, inner, trail, 'error_message')));
  }
}

function withoutNames(context: Context): Scope {
  return {
    context,
    lookup: (name) => {
      throw new Error(`${name} cannot be referred to here`);
    },
  };
}
