import { parseCondition, Placeholders } from '../../../../packages/dynamodb-offline/expressions';
import { parse, refusal, VALUES } from './parse';

const path = (...steps: [string, ...(string | number)[]]) => ({ type: 'path', path: steps });
const value = (name: string) => ({ type: 'value', value: VALUES[name] });
const equals = (name: string, placeholder: string) => ({
  type: 'comparison',
  comparator: '=',
  left: path(name),
  right: value(placeholder),
});

describe('the tree', () => {
  test.each(['=', '<>', '<', '<=', '>', '>='])('of %s', (comparator) => {
    expect(parse.ConditionExpression(`a ${comparator} :s`)).toEqual({
      type: 'comparison',
      comparator,
      left: path('a'),
      right: value(':s'),
    });
  });

  test.each<[string, unknown]>([
    ['#a.b[2].#b = :s', { ...equals('a', ':s'), left: path('a', 'b', 2, 'b') }],
    ['size(a) = :n', { ...equals('a', ':n'), left: { type: 'size', of: path('a') } }],
    [
      'a BETWEEN :n AND size(b)',
      { type: 'between', operand: path('a'), lower: value(':n'), upper: { type: 'size', of: path('b') } },
    ],
    ['a IN (:s, b)', { type: 'in', operand: path('a'), candidates: [value(':s'), path('b')] }],
    ['attribute_exists(a.b)', { type: 'attribute_exists', path: ['a', 'b'] }],
    ['attribute_not_exists(a)', { type: 'attribute_not_exists', path: ['a'] }],
    ['begins_with(a, :s)', { type: 'begins_with', operand: path('a'), argument: value(':s') }],
    ['contains(:s, a)', { type: 'contains', operand: value(':s'), argument: path('a') }],
    ['(a) = (:s)', equals('a', ':s')],
  ])('of %s', (text, tree) => {
    expect(parse.ConditionExpression(text)).toEqual(tree);
  });

  test('of attribute_type, which takes a value for an operand too', () => {
    const placeholders = new Placeholders({ ExpressionAttributeValues: { ':v': 1, ':t': 'N' } });
    expect(parseCondition('ConditionExpression', 'attribute_type(:v, :t)', placeholders)).toEqual({
      type: 'attribute_type',
      operand: { type: 'value', value: 1 },
      dataType: 'N',
    });
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html#Expressions.OperatorsAndFunctions.Precedence
  test('NOT binds closer than AND, AND closer than OR, and parentheses closer than all', () => {
    const [a, b, c] = [equals('a', ':s'), equals('b', ':s'), equals('c', ':s')];
    const not = (condition: unknown) => ({ type: 'not', condition });
    const and = (...conditions: unknown[]) => ({ type: 'and', conditions });
    const or = (...conditions: unknown[]) => ({ type: 'or', conditions });
    expect(parse.ConditionExpression('a = :s OR b = :s AND c = :s')).toEqual(or(a, and(b, c)));
    expect(parse.ConditionExpression('a = :s AND b = :s OR c = :s')).toEqual(or(and(a, b), c));
    expect(parse.ConditionExpression('(a = :s OR b = :s) AND c = :s')).toEqual(and(or(a, b), c));
    expect(parse.ConditionExpression('NOT a = :s AND b = :s')).toEqual(and(not(a), b));
    expect(parse.ConditionExpression('NOT (a = :s AND b = :s)')).toEqual(not(and(a, b)));
    expect(parse.ConditionExpression('NOT NOT NOT a = :s OR b = :s')).toEqual(or(not(not(not(a))), b));
  });

  test('the AND of BETWEEN is its own', () => {
    expect(parse.ConditionExpression('a BETWEEN :n AND :n2 AND b = :s')).toMatchObject({
      type: 'and',
      conditions: [{ type: 'between' }, { type: 'comparison' }],
    });
  });
});

const taken = [
  '(a = :s)',
  '((a = :s) AND b = :s)',
  '((a = :s) OR (b = :s)) AND (NOT (c = :s))',
  'NOT (NOT a = :s)',
  'contains((a), (b))',
  'a IN ((:s), (b))',
  'a BETWEEN (:n) AND (:n2)',
  'a IN (a)',
  'a BETWEEN a AND a',
  'a BETWEEN :n2 AND b',
  'a BETWEEN b AND :n',
  'a BETWEEN :n AND :n',
  'begins_with(:s, a)',
  'begins_with(a, :b)',
  'contains(a, :bool)',
  'contains(a, size(b))',
  'contains(:n, :s)',
  'size(:s) < size(:m)',
  'a = :m',
  'a <> :ss',
  'a IN (:l, :null)',
  ':s = :s',
  'a[0] = a[1]',
  `a IN (${Array<string>(100).fill(':s').join()})`,
  `a${'.a'.repeat(31)} = :s`,
  'a[4294967294] = :s',
];

test.each(taken)('%s is taken', (text) => {
  expect(refusal('ConditionExpression', text)).toBeUndefined();
});

const anyType =
  '{S,SS,N,NS,B,BS,BOOL,NULL,L,M,HD,DOUBLE,FLOAT,HDS,FS,DOUBLESET,DICT,DECIMAL,INT,DECIMALSET,INTSET}';
const wrongType = (operator: string, type: string) =>
  `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`;
const wrongCount = (name: string, count: number) =>
  `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`;
const notDistinct = (operator: string, operand: string) =>
  `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: ${operand}`;
const bounds = (lower: string, upper: string) =>
  `lower bound operand: AttributeValue: ${lower}, upper bound operand: AttributeValue: ${upper}`;

const refused: [string, string][] = [
  ['((a = :s))', 'The expression has redundant parentheses;'],
  ['(((a = :s)) AND b = :s)', 'The expression has redundant parentheses;'],
  ['((a)) = :s', 'The expression has redundant parentheses;'],
  ['a = ((:s))', 'The expression has redundant parentheses;'],
  ['a IN (((:s)))', 'The expression has redundant parentheses;'],
  ['foo(a)', 'Invalid function name; function: foo'],
  ['SIZE(a) = :n', 'Invalid function name; function: SIZE'],
  ['Attribute_exists(a)', 'Invalid function name; function: Attribute_exists'],
  [
    'if_not_exists(a, b) = :s',
    'The function is not allowed in a condition expression; function: if_not_exists',
  ],
  [
    'a IN (list_append(a, b))',
    'The function is not allowed in a condition expression; function: list_append',
  ],
  ['size(a)', 'The function is not allowed to be used this way in an expression; function: size'],
  ['NOT size(a)', 'The function is not allowed to be used this way in an expression; function: size'],
  [
    'contains(a, b) = :s',
    'The function is not allowed to be used this way in an expression; function: contains',
  ],
  [
    'size(contains(a, b)) = :n',
    'The function is not allowed to be used this way in an expression; function: contains',
  ],
  [
    'a BETWEEN :n AND attribute_exists(b)',
    'The function is not allowed to be used this way in an expression; function: attribute_exists',
  ],
  ['name = :s', 'Attribute name is a reserved keyword; reserved keyword: name'],
  ['a.Comment = :s', 'Attribute name is a reserved keyword; reserved keyword: Comment'],
  ['add = :s', 'Attribute name is a reserved keyword; reserved keyword: add'],
  ['#c = :s', 'An expression attribute name used in the document path is not defined; attribute name: #c'],
  ['a = :zz', 'An expression attribute value used in expression is not defined; attribute value: :zz'],
  ['contains(a)', wrongCount('contains', 1)],
  ['begins_with(a, :s, :t)', wrongCount('begins_with', 3)],
  ['attribute_exists(a, b)', wrongCount('attribute_exists', 2)],
  ['attribute_type(a)', wrongCount('attribute_type', 1)],
  ['size(a, b) = :n', wrongCount('size', 2)],
  [
    'attribute_exists(:s)',
    'Operator or function requires a document path; operator or function: attribute_exists',
  ],
  [
    'attribute_not_exists(size(a))',
    'Operator or function requires a document path; operator or function: attribute_not_exists',
  ],
  ['begins_with(a, :n)', wrongType('begins_with', 'N')],
  ['begins_with(:l, a)', wrongType('begins_with', 'L')],
  ['begins_with(a, size(b))', wrongType('begins_with', 'N')],
  ['size(:n) = :n', wrongType('size', 'N')],
  ['size(:bool) = :n', wrongType('size', 'BOOL')],
  ['size(:null) = :n', wrongType('size', 'NULL')],
  ['size(size(a)) = :n', wrongType('size', 'N')],
  ['attribute_type(a, :n)', wrongType('attribute_type', 'N')],
  ['attribute_type(a, b)', wrongType('attribute_type', anyType)],
  [
    'attribute_type(a, :s)',
    'Invalid attribute type name found; type: a, valid types: {S,SS,N,NS,B,BS,BOOL,NULL,L,M}',
  ],
  ...(['<', '<=', '>', '>='] as const).flatMap((operator) =>
    [':bool', ':null', ':ss', ':ns', ':bs', ':l', ':m'].flatMap((placeholder): [string, string][] => [
      [`a ${operator} ${placeholder}`, wrongType(operator, Object.keys(VALUES[placeholder] ?? {})[0] ?? '')],
      [`${placeholder} ${operator} a`, wrongType(operator, Object.keys(VALUES[placeholder] ?? {})[0] ?? '')],
    ]),
  ),
  ['size(a) > :bool', wrongType('>', 'BOOL')],
  ['a BETWEEN :bool AND :bool', wrongType('BETWEEN', 'BOOL')],
  [':l BETWEEN a AND b', wrongType('BETWEEN', 'L')],
  [
    'a BETWEEN :n2 AND :n',
    `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds('{N:2}', '{N:1}')}`,
  ],
  [
    'a BETWEEN :t AND :s',
    `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${bounds('{S:b}', '{S:a}')}`,
  ],
  [
    'a BETWEEN :s AND :n',
    `The BETWEEN operator requires same data type for lower and upper bounds; ${bounds('{S:a}', '{N:1}')}`,
  ],
  ['a = a', notDistinct('=', '[a]')],
  ['#a < a', notDistinct('<', '[a]')],
  ['contains(a.b[1], a.b[1])', notDistinct('contains', '[a, b, [1]]')],
  ['begins_with(a, a)', notDistinct('begins_with', '[a]')],
  [
    `a IN (${Array<string>(101).fill(':s').join()})`,
    'The IN operator is provided with too many operands; number of operands: 101',
  ],
  [`a${'.a'.repeat(32)} = :s`, 'The document path has too many nesting levels; nesting levels: 33'],
  ['a[4294967295] = :s', 'List index is not within the allowable range; index: [4294967295]'],
];

test.each(refused)('%s is refused', (text, message) => {
  expect(refusal('ConditionExpression', text)).toBe(`Invalid ConditionExpression: ${message}`);
  expect(refusal('FilterExpression', text)).toBe(`Invalid FilterExpression: ${message}`);
});

test('an operand of the wrong type is refused wherever it stands', () => {
  for (const text of ['a = :s OR b > :bool', 'a = :s AND b > :bool', 'NOT (b > :bool)']) {
    expect(refusal('ConditionExpression', text)).toBe(
      `Invalid ConditionExpression: ${wrongType('>', 'BOOL')}`,
    );
  }
});

test('300 operators and functions are taken, no more', () => {
  const chain = (comparisons: number) => Array<string>(comparisons).fill('a<:n').join(' OR ');
  expect(refusal('ConditionExpression', chain(150))).toBeUndefined();
  expect(refusal('ConditionExpression', `NOT ${chain(150)}`)).toBeUndefined();
  expect(refusal('ConditionExpression', chain(151))).toBe(
    'Invalid ConditionExpression: The expression contains too many operators; operator count: 301',
  );
});

// As dynalite 4 has it, whose authors asked DynamoDB: which fault is reported depends on its kind more than on its place.
describe('of several faults', () => {
  const first = 'The expression has redundant parentheses;';
  const reserved = 'Attribute name is a reserved keyword; reserved keyword: name';
  const unknown = 'Invalid function name; function: foo';
  const misused = 'The function is not allowed to be used this way in an expression; function: size';

  test.each([
    ['foo(a) AND ((a = :s))', first],
    ['size(a) AND foo(a)', unknown],
    ['name = :s AND foo(a)', unknown],
    ['name = :s AND size(a)', misused],
    ['a = a AND name = :s', reserved],
    ['#zz = :zz AND name = :s', reserved],
    [
      'a = :zz AND #zz = :s',
      'An expression attribute value used in expression is not defined; attribute value: :zz',
    ],
    [
      '#zz = :s AND a = :zz',
      'An expression attribute name used in the document path is not defined; attribute name: #zz',
    ],
    ['contains(a) AND attribute_exists(:s)', wrongCount('contains', 1)],
    [
      'attribute_exists(:s) AND contains(a)',
      'Operator or function requires a document path; operator or function: attribute_exists',
    ],
    [
      'contains(:zz)',
      'An expression attribute value used in expression is not defined; attribute value: :zz',
    ],
  ])('of %s DynamoDB reports one', (text, message) => {
    expect(refusal('ConditionExpression', text)).toBe(`Invalid ConditionExpression: ${message}`);
  });
});

test('without rules for values, only what the text shows is refused', () => {
  const placeholders = new Placeholders({ ExpressionAttributeValues: { ':low': 2, ':high': 1, ':t': true } });
  const condition = 'a BETWEEN :low AND :high AND begins_with(b, :t) AND c > :t';
  expect(parseCondition('ConditionExpression', condition, placeholders)).toMatchObject({ type: 'and' });
});
