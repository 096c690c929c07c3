import { parse, refusal, VALUES } from './parse';

const on = (name: string) => ({ type: 'path', path: [name] });
const value = (name: string) => ({ type: 'value', value: VALUES[name] });

test('attributes stand on the left, on whichever side they are written', () => {
  const comparison = (comparator: string) => ({
    type: 'comparison',
    comparator,
    left: on('sk'),
    right: value(':s'),
  });
  expect(parse.KeyConditionExpression('sk = :s')).toEqual(comparison('='));
  expect(parse.KeyConditionExpression(':s = sk')).toEqual(comparison('='));
  expect(parse.KeyConditionExpression(':s < sk')).toEqual(comparison('>'));
  expect(parse.KeyConditionExpression(':s <= sk')).toEqual(comparison('>='));
  expect(parse.KeyConditionExpression(':s > sk')).toEqual(comparison('<'));
  expect(parse.KeyConditionExpression(':s >= sk')).toEqual(comparison('<='));
});

test.each([
  'id = :s AND sk BETWEEN :s AND :t',
  'id = :s AND begins_with(sk, :s)',
  'begins_with(sk, :s) AND id = :s',
  '(id = :s) AND (sk > :s)',
  '((id = :s) AND (sk > :s))',
  'id = (:s)',
  '(id) = :s',
])('%s is taken', (text) => {
  expect(refusal('KeyConditionExpression', text)).toBeUndefined();
});

const nested = 'KeyConditionExpressions cannot have conditions on nested attributes';
const operations = 'KeyConditionExpressions cannot contain nested operations';
const multiple =
  'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition';
const none = 'Invalid condition in KeyConditionExpression: No key attribute specified';
const notFirst = (operator: string) =>
  `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its first operand`;
const operator = (name: string) => `Invalid operator used in KeyConditionExpression: ${name}`;

// https://github.com/architect/dynalite/blob/main/test/query.js, asked of DynamoDB; since 2026 DynamoDB begins them as it
// begins what it says of any expression: https://github.com/ExtendDB/extenddb/pull/195,
// https://github.com/aws-amplify/amplify-category-api/pull/3531
test.each([
  ['a > b AND size(b) > c OR a > c', operator('OR')],
  ['NOT a > b', operator('NOT')],
  ['a IN (b, size(c), d)', operator('IN')],
  ['a <> b', operator('<>')],
  ['id = :s AND sk <> :s', operator('<>')],
  ['attribute_exists(a)', operator('attribute_exists')],
  ['attribute_not_exists(a)', operator('attribute_not_exists')],
  ['contains(a.d, b)', operator('contains')],
  [':s BETWEEN size(b) AND size(a) AND b > :s', notFirst('BETWEEN')],
  ['begins_with(:s, b) AND a > :s', notFirst('begins_with')],
  ['size(b) > a AND a.b > b AND b > c', operations],
  ['a > size(b.d)', operations],
  ['a BETWEEN size(b) AND size(c)', operations],
  ['b > a.b', multiple],
  ['b BETWEEN c[1] AND d', multiple],
  ['a BETWEEN b AND size(c)', multiple],
  ['begins_with(a, b)', multiple],
  ['b.d > a AND c.d > e.f', nested],
  ['a.d > c', nested],
  ['b[0] > a', nested],
  ['id.foo = :s', nested],
  ['id = :s AND :s < sk.foo', nested],
  ['id = :s AND begins_with(sk[0], :s)', nested],
  [':s > :t AND a < :t', none],
  [
    'b > :s AND b < :s AND c = :s AND d = :s',
    'KeyConditionExpressions must only contain one condition per key',
  ],
  [
    '(a > :s AND b > :s) AND (b > :s AND c > :s)',
    'KeyConditionExpressions must only contain one condition per key',
  ],
  ['name.foo = :s', 'Attribute name is a reserved keyword; reserved keyword: name'],
  [
    'a BETWEEN :n AND :s',
    'The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:a}',
  ],
  ['((id = :s))', 'The expression has redundant parentheses;'],
])('%s is refused', (text, message) => {
  expect(refusal('KeyConditionExpression', text)).toBe(`Invalid KeyConditionExpression: ${message}`);
});
