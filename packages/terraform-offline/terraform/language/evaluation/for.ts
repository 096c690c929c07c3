import type { Expression, For } from '../syntax/tree';
import { flagOf, known, nameOf, textOf } from '../values/access';
import { membersOf } from '../values/plain';
import { isMap, isTuple, Members, objectOf, SetValue, type Value } from '../values/value';
import { withNames, type Scope } from './scope';

type Evaluate = (expression: Expression, scope: Scope) => Value;

/** https://developer.hashicorp.com/terraform/language/expressions/for, and `%{ for }` in templates */
export function evaluateFor(expression: For, scope: Scope, evaluate: Evaluate): Value {
  const inner = iterationsOf(evaluate(expression.collection, scope))
    .map(([key, value]) => {
      const names = {
        ...(expression.keyName && { [expression.keyName]: key }),
        [expression.valueName]: value,
      };
      return withNames(scope, names);
    })
    .filter((each) => !expression.condition || flagOf(evaluate(expression.condition, each)));
  const values = inner.map((each) => evaluate(expression.value, each));
  switch (expression.result) {
    case 'tuple':
      return values;
    case 'text':
      return values.map(textOf).join('');
    case 'object': {
      const { key } = expression;
      const keys = inner.map((each) => (key ? textOf(evaluate(key, each)) : ''));
      return expression.grouped ? groups(keys, values) : objectOf(pairs(keys, values));
    }
  }
}

/** Keys and values of a collection; a set's elements are their own keys. */
export function iterationsOf(collection: Value): readonly (readonly [Value, Value])[] {
  const given = known(collection);
  if (given instanceof SetValue) return given.elements.map((element) => [element, element] as const);
  if (isTuple(given)) return Array.from(given, (element, i) => [i, element] as const);
  if (given instanceof Members) return [...membersOf(given)];
  if (isMap(given)) return [...given];
  throw new Error(`${nameOf(given)} has no elements to go through`);
}

function pairs(keys: readonly string[], values: readonly Value[]): (readonly [string, Value])[] {
  return keys.map((key, i) => {
    if (keys.indexOf(key) !== i) {
      throw new Error(`two elements give the key "${key}": add ... after the value to group them`);
    }
    return [key, values[i] ?? null] as const;
  });
}

function groups(keys: readonly string[], values: readonly Value[]): Value {
  return objectOf(keys.map((key) => [key, values.filter((_, i) => keys[i] === key)] as const));
}
