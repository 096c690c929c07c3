import { expressionViolations, grouped } from '../../../functions/operations/expressions';

// DynamoDB: "The expression has redundant parentheses".
test.each([
  ['a = :v', '(a = :v)'],
  ['(a = :v)', '(a = :v)'],
  [' (a = :v) ', '(a = :v)'],
  ['(a = :v) OR (b = :v)', '((a = :v) OR (b = :v))'],
  ['NOT (a = :v)', '(NOT (a = :v))'],
  ['contains(a, :v)', '(contains(a, :v))'],
])('%s is grouped as %s', (expression, expected) => {
  expect(grouped(expression)).toBe(expected);
});

test.each([
  ['SET #constructor = :prototype'],
  ['SET constructors = :v'],
  ['attribute_exists(a.b[0]) AND (NOT contains(c, :v) OR (d = :v AND (e < :v)))'],
])('%s is let through', (expression) => {
  expect(expressionViolations({ UpdateExpression: expression })).toEqual([]);
});
