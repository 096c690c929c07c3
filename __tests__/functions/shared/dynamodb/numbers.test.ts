import { exactNumber } from '../../../../functions/shared/dynamodb/numbers';

test.each([
  ['0', 0],
  ['-0', 0],
  ['0e5', 0],
  ['0.1', 0.1],
  ['1.50', 1.5],
  ['-12e-1', -1.2],
  ['9007199254740991', 9007199254740991],
  ['9007199254740992', 9007199254740992],
  ['9007199254740994', 9007199254740994],
  ['1e22', 1e22],
  ['100000000000000000000000', 1e23],
  ['1E+125', 1e125],
  ['9.99e125', 9.99e125],
  ['1e-130', 1e-130],
  ['0.30000000000000004', 0.1 + 0.2],
  [`1.${'0'.repeat(1000)}`, 1],
])('%s is %d', (text, number) => {
  expect(exactNumber(text)).toBe(number);
});

test.each([
  ['an integer between two doubles', '9007199254740993'],
  ['the same as a fraction', '9007199254740993.0'],
  ['the same with an exponent', '9.007199254740993e15'],
  ['more fraction digits than a double has', '0.1000000000000000000001'],
  ['pi to 38 digits', '3.1415926535897932384626433832795028842'],
  ['more than the largest double', '1e400'],
  ['less than the smallest double', '1e-400'],
  ["more than DynamoDB's largest", '1e126'],
  ["less than DynamoDB's smallest", '9.99e-131'],
  ['the largest double', '1.7976931348623157e308'],
  ['the smallest double', '-5e-324'],
])('%s is refused', (_, text) => {
  expect(exactNumber(text)).toBeUndefined();
});
