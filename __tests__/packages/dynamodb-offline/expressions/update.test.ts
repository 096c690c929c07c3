import { parseUpdate, Placeholders } from '../../../../packages/dynamodb-offline/expressions';
import { parse, refusal, VALUES } from './parse';

const path = (...steps: [string, ...(string | number)[]]) => ({ type: 'path', path: steps });
const value = (name: string) => ({ type: 'value', value: VALUES[name] });
const set = (name: string, to: unknown) => ({ type: 'set', path: [name], value: to });

test.each<[string, unknown[]]>([
  ['SET a = :s', [set('a', value(':s'))]],
  ['SET a = b.c[1]', [set('a', path('b', 'c', 1))]],
  ['SET a = b + :n', [set('a', { type: '+', left: path('b'), right: value(':n') })]],
  ['SET a = (b - :n)', [set('a', { type: '-', left: path('b'), right: value(':n') })]],
  ['SET a = (b) - (:n)', [set('a', { type: '-', left: path('b'), right: value(':n') })]],
  ['SET a = (:n)', [set('a', value(':n'))]],
  [
    'SET a = if_not_exists(b.c, if_not_exists(d, :n)) + :n',
    [
      set('a', {
        type: '+',
        left: {
          type: 'if_not_exists',
          path: ['b', 'c'],
          otherwise: { type: 'if_not_exists', path: ['d'], otherwise: value(':n') },
        },
        right: value(':n'),
      }),
    ],
  ],
  [
    'SET a = list_append(if_not_exists(a, :l), b)',
    [
      set('a', {
        type: 'list_append',
        first: { type: 'if_not_exists', path: ['a'], otherwise: value(':l') },
        second: path('b'),
      }),
    ],
  ],
  [
    'ADD a :n REMOVE b, c[1] DELETE d.e :ss SET f = :s, g = :t',
    [
      { type: 'add', path: ['a'], value: VALUES[':n'] },
      { type: 'remove', path: ['b'] },
      { type: 'remove', path: ['c', 1] },
      { type: 'delete', path: ['d', 'e'], value: VALUES[':ss'] },
      set('f', value(':s')),
      set('g', value(':t')),
    ],
  ],
])('%s', (text, actions) => {
  expect(parse.UpdateExpression(text)).toEqual(actions);
});

const taken = [
  'SET a = a',
  'SET a = a + a',
  'SET a = if_not_exists(a, a)',
  'SET a.b = :s, a.c = :s, b[0] = :s, b[1].c = :s',
  'ADD a :n, b :ss, c :ns, d :bs',
  'DELETE a :ss, b :ns, c :bs',
];

test.each(taken)('%s is taken', (text) => {
  expect(refusal('UpdateExpression', text)).toBeUndefined();
});

const clash = (kind: 'overlap' | 'conflict', one: string, two: string) =>
  `Two document paths ${kind} with each other; must remove or rewrite one of these paths; path one: ${one}, path two: ${two}`;
const wrongType = (operator: string, type: string) =>
  `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`;
const wrongElement = (section: string, type: string) =>
  `Incorrect operand type for operator or function; operator: ${section}, operand type: ${type}, typeSet: ALLOWED_FOR_${section}_OPERAND`;
const TYPES = {
  ':s': 'STRING',
  ':b': 'BINARY',
  ':m': 'MAP',
  ':l': 'LIST',
  ':bool': 'BOOLEAN',
  ':null': 'NULL',
};

const refused: [string, string][] = [
  ['SET a = ((b + :n))', 'The expression has redundant parentheses;'],
  ['SET a = ((b))', 'The expression has redundant parentheses;'],
  ['SET name = :s', 'Attribute name is a reserved keyword; reserved keyword: name'],
  ['REMOVE a.Absolute', 'Attribute name is a reserved keyword; reserved keyword: Absolute'],
  ['SET and = :s', 'Attribute name is a reserved keyword; reserved keyword: and'],
  ['SET a = foo(b)', 'Invalid function name; function: foo'],
  ['SET a = LIST_APPEND(b, :l)', 'Invalid function name; function: LIST_APPEND'],
  ['SET a = size(b)', 'The function is not allowed in an update expression; function: size'],
  ['SET a = :n + contains(b, :s)', 'The function is not allowed in an update expression; function: contains'],
  [
    'SET a = list_append(list_append(a, :l), :l)',
    'The function is not allowed to be used this way in an expression; function: list_append',
  ],
  ['SET a = :n REMOVE b SET c = :n', 'The "SET" section can only be used once in an update expression;'],
  ['REMOVE a REMOVE b', 'The "REMOVE" section can only be used once in an update expression;'],
  ['ADD a :n set b = :n add c :n', 'The "ADD" section can only be used once in an update expression;'],
  ['DELETE a :ss DELETE b :ss', 'The "DELETE" section can only be used once in an update expression;'],
  [
    'SET a = #zz',
    'An expression attribute name used in the document path is not defined; attribute name: #zz',
  ],
  ['ADD a :zz', 'An expression attribute value used in expression is not defined; attribute value: :zz'],
  ['SET a = :s, a = :t', clash('overlap', '[a]', '[a]')],
  ['SET a = :s REMOVE #a', clash('overlap', '[a]', '[a]')],
  ['SET a.b = :s, a = :t', clash('overlap', '[a, b]', '[a]')],
  ['SET a[1] = :s REMOVE a[1].b', clash('overlap', '[a, [1]]', '[a, [1], b]')],
  ['SET a.b = :s, a[1] = :t', clash('conflict', '[a, b]', '[a, [1]]')],
  // https://github.com/architect/dynalite/blob/main/test/updateItem.js, asked of DynamoDB: an overlap goes before a conflict
  ['SET d[1] = a, d.b = a, c[1].a = a, c = if_not_exists(a)', clash('overlap', '[c, [1], a]', '[c]')],
  ['SET c[3].#i = a, c.#i[3] = if_not_exists(a)', clash('conflict', '[c, [3], [3]]', '[c, [3], [3]]')],
  ...Object.entries(TYPES).flatMap(([placeholder, type]): [string, string][] => [
    [`ADD a ${placeholder}`, wrongElement('ADD', type)],
    [`DELETE a ${placeholder}`, wrongElement('DELETE', type)],
  ]),
  ['DELETE a :n', wrongElement('DELETE', 'NUMBER')],
  ['SET b = list_append(:s, a), c = if_not_exists(a) ADD a.b :s', wrongElement('ADD', 'STRING')],
  [
    'SET a = if_not_exists(b)',
    'Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1',
  ],
  [
    'SET a = list_append(:l, :l, :l)',
    'Incorrect number of operands for operator or function; operator or function: list_append, number of operands: 3',
  ],
  [
    'SET a = if_not_exists(:n, :n)',
    'Operator or function requires a document path; operator or function: if_not_exists',
  ],
  [
    'SET a = if_not_exists(if_not_exists(a, :n), :n)',
    'Operator or function requires a document path; operator or function: if_not_exists',
  ],
  ['SET a = list_append(b, :ss)', wrongType('list_append', 'SS')],
  ['SET a = list_append(:m, b)', wrongType('list_append', 'M')],
  ...(['+', '-'] as const).flatMap((operator): [string, string][] => [
    [`SET a = b ${operator} :s`, wrongType(operator, 'S')],
    [`SET a = :l ${operator} b`, wrongType(operator, 'L')],
    [`SET a = :s ${operator} :b`, wrongType(operator, 'S')],
  ]),
  [`SET a${'.a'.repeat(32)} = :s`, 'The document path has too many nesting levels; nesting levels: 33'],
  ['SET a[4294967295] = :s', 'List index is not within the allowable range; index: [4294967295]'],
];

test.each(refused)('%s is refused', (text, message) => {
  expect(refusal('UpdateExpression', text)).toBe(`Invalid UpdateExpression: ${message}`);
});

// As dynalite 4 has it, whose authors asked DynamoDB.
describe('of several faults', () => {
  const faults = [
    ['a1 = name', 'Attribute name is a reserved keyword'],
    ['a2 = foo(b)', 'Invalid function name'],
    ['a3 = b SET a4 = b', 'The "SET" section'],
    ['a5 = #zz', 'An expression attribute name'],
    ['a6 = :zz', 'An expression attribute value'],
    ['a7 = b, a7.c = b', 'Two document paths overlap'],
    ['a8.b = b, a8[1] = b', 'Two document paths conflict'],
    ['a9 = b + :s', 'Incorrect operand type'],
  ] as const;
  const pairs = faults.flatMap(([text, message], index) =>
    faults.slice(index + 1).map(([other]) => [`SET ${other}, ${text}`, message] as const),
  );

  test.each(pairs)('of %s DynamoDB reports: %s', (text, message) => {
    expect(refusal('UpdateExpression', text)).toMatch(`Invalid UpdateExpression: ${message}`);
  });
});

test('values may be anything: a reader of updates can give each placeholder as itself', () => {
  const placeholders = new Placeholders({ ExpressionAttributeValues: { ':price': ':price' } });
  expect(parseUpdate('SET price = :price', placeholders)).toEqual([
    set('price', { type: 'value', value: ':price' }),
  ]);
});
