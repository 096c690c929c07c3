import { flagOf, numberOf } from '../values/access';
import { equal } from '../values/equal';
import { rounded } from '../values/number';
import type { Value } from '../values/value';
import type { BinaryOperator } from '../syntax/tree';

/** https://developer.hashicorp.com/terraform/language/expressions/operators */
export function applyBinary(operator: BinaryOperator, left: Value, right: Value): Value {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case '&&':
      return flagOf(left) && flagOf(right);
    case '||':
      return flagOf(left) || flagOf(right);
    case '<':
      return numberOf(left) < numberOf(right);
    case '<=':
      return numberOf(left) <= numberOf(right);
    case '>':
      return numberOf(left) > numberOf(right);
    case '>=':
      return numberOf(left) >= numberOf(right);
    case '+':
      return rounded(numberOf(left) + numberOf(right));
    case '-':
      return rounded(numberOf(left) - numberOf(right));
    case '*':
      return rounded(numberOf(left) * numberOf(right));
    case '/':
      return rounded(numberOf(left) / divisor(right));
    case '%':
      return rounded(numberOf(left) % divisor(right));
  }
}

function divisor(value: Value): number {
  const number = numberOf(value);
  if (number === 0) throw new Error('a number cannot be divided by zero');
  return number;
}
