import type { Expression } from '../syntax/tree';
import { ANY, type AttributeType, type Type } from './type';
import type { Value } from './value';

/**
 * The type that an expression such as `list(object({ name = string, size = optional(number, 1) }))` names.
 * https://developer.hashicorp.com/terraform/language/expressions/type-constraints
 * @param evaluateDefault the value of an `optional`'s second argument
 */
export function readType(expression: Expression, evaluateDefault: (expression: Expression) => Value): Type {
  const read = (part: Expression | undefined) => (part ? readType(part, evaluateDefault) : ANY);
  if (
    expression.kind === 'variable' ||
    (expression.kind === 'literal' && typeof expression.value === 'string')
  ) {
    return simpleType(expression.kind === 'variable' ? expression.name : String(expression.value));
  }
  if (expression.kind === 'call') {
    const [argument] = expression.args;
    switch (expression.name) {
      case 'list':
      case 'set':
      case 'map':
        return { kind: expression.name, element: read(argument) };
      case 'tuple':
        if (argument?.kind !== 'tuple') break;
        return { kind: 'tuple', elements: argument.elements.map(read) };
      case 'object':
        if (argument?.kind !== 'object') break;
        return {
          kind: 'object',
          attributes: new Map(
            argument.items.map(({ key, value }) => [
              key.kind === 'literal' ? String(key.value) : key.text,
              readAttribute(value, evaluateDefault),
            ]),
          ),
        };
    }
  }
  throw new Error(`${expression.text} is no type`);
}

function readAttribute(
  expression: Expression,
  evaluateDefault: (expression: Expression) => Value,
): AttributeType {
  if (expression.kind !== 'call' || expression.name !== 'optional') {
    return { type: readType(expression, evaluateDefault), optional: false, default: null };
  }
  const [type, otherwise] = expression.args;
  return {
    type: type ? readType(type, evaluateDefault) : ANY,
    optional: true,
    default: otherwise ? evaluateDefault(otherwise) : null,
  };
}

function simpleType(name: string): Type {
  switch (name) {
    case 'any':
    case 'string':
    case 'number':
    case 'bool':
      return { kind: name };
    // The form that Terraform had before 0.12.
    case 'list':
    case 'map':
    case 'set':
      return { kind: name, element: ANY };
    default:
      throw new Error(`${name} is no type`);
  }
}
