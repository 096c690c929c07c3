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
    default:
      return arithmetic(operator, numberOf(left), numberOf(right));
  }
}

function arithmetic(
  operator: Exclude<BinaryOperator, '==' | '!=' | '&&' | '||'>,
  left: number,
  right: number,
): Value {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '+':
      return rounded(left + right);
    case '-':
      return rounded(left - right);
    case '*':
      return rounded(left * right);
    case '/':
      if (right === 0) throw new Error('a number cannot be divided by zero');
      return rounded(left / right);
    case '%':
      if (right === 0) throw new Error('a number cannot be divided by zero');
      return rounded(left % right);
  }
}
