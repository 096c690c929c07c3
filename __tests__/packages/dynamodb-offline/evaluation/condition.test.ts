import type { AttributeValue, Item } from '../../../../packages/dynamodb-offline/attribute-value';
import { holds, N, S } from './evaluate';

/** One attribute of every type, named after it, empty and otherwise. */
const item: Item = {
  s: { S: 'hello' },
  emptyS: { S: '' },
  smile: { S: '😀é' },
  n: N(5),
  b: { B: Buffer.from([1, 2, 3]).toString('base64') },
  emptyB: { B: '' },
  ss: { SS: ['x', 'y'] },
  ns: { NS: ['1', '2', '3'] },
  bs: { BS: ['AQ=='] },
  yes: { BOOL: true },
  off: { BOOL: false },
  nil: { NULL: true },
  l: { L: [{ BOOL: true }, { M: { a: N(2) } }, ...S('x'), { SS: ['p', 'q'] }, { L: [] }] },
  emptyL: { L: [] },
  m: { M: { a: N(1), b: { M: { c: { L: S('deep') } } } } },
  emptyM: { M: {} },
};

const typed: [string, string][] = [
  ['s', 'S'],
  ['emptyS', 'S'],
  ['n', 'N'],
  ['b', 'B'],
  ['emptyB', 'B'],
  ['ss', 'SS'],
  ['ns', 'NS'],
  ['bs', 'BS'],
  ['yes', 'BOOL'],
  ['off', 'BOOL'],
  ['nil', 'NULL'],
  ['l', 'L'],
  ['emptyL', 'L'],
  ['m', 'M'],
  ['emptyM', 'M'],
];

test.each(typed)('%s has the type %s and no other', (name, type) => {
  for (const [, other] of typed) {
    expect(holds(`attribute_type(${name}, :type)`, item, { type: { S: other } })).toBe(other === type);
  }
  expect(holds(`attribute_exists(${name})`, item)).toBe(true);
  expect(holds(`attribute_not_exists(${name})`, item)).toBe(false);
});

test.each(Object.entries(item))('%s equals itself, and is unequal to every other', (name, value) => {
  for (const [other, right] of Object.entries(item)) {
    const expected = other === name;
    expect([other, holds(`${name} = :v`, item, { v: right })]).toEqual([other, expected]);
    expect([other, holds(`${name} <> :v`, item, { v: right })]).toEqual([other, !expected]);
    expect([other, holds(`${name} IN (:v)`, item, { v: right })]).toEqual([other, expected]);
  }
  expect(holds(`x IN (:v, :w)`, { x: value }, { v: N(1000), w: value })).toBe(true);
});

test('documents compare by value, members in any order', () => {
  expect(holds('m = :m', { m: { M: { a: N(1), b: N(2) } } }, { m: { M: { b: N(2), a: N(1) } } })).toBe(true);
  expect(holds('m.b = :b', item, { b: { M: { c: { L: S('deep') } } } })).toBe(true);
  expect(holds('l = :l', { l: { L: S('a', 'b') } }, { l: { L: S('b', 'a') } })).toBe(false);
});

test.each([
  ['s', 5],
  ['emptyS', 0],
  ['smile', 3],
  ['b', 3],
  ['emptyB', 0],
  ['ss', 2],
  ['ns', 3],
  ['bs', 1],
  ['l', 5],
  ['emptyL', 0],
  ['m', 2],
  ['emptyM', 0],
  ['m.b.c', 1],
])('size(%s) = %d', (name, size) => {
  expect(holds(`size(${name}) = :size`, item, { size: N(size) })).toBe(true);
  expect(holds(`size(${name}) < :size`, item, { size: N(size) })).toBe(false);
  expect(holds(`size(${name}) BETWEEN :size AND :size`, item, { size: N(size) })).toBe(true);
});

test.each(['n', 'yes', 'nil', 'absent'])('size(%s) is nothing', (name) => {
  for (const comparator of ['=', '<', '<=', '>', '>=']) {
    expect(holds(`size(${name}) ${comparator} :size`, item, { size: N(0) })).toBe(false);
  }
  expect(holds(`size(${name}) <> :size`, item, { size: N(0) })).toBe(true);
});

test('the size of a value of the request', () => {
  expect(holds('size(:v) = size(s)', item, { v: { S: '12345' } })).toBe(true);
});

test.each<[string, AttributeValue, boolean]>([
  ['s', { S: 'ell' }, true],
  ['s', { S: '' }, true],
  ['emptyS', { S: '' }, true],
  ['emptyS', { S: 'a' }, false],
  ['s', { S: 'x' }, false],
  ['s', N(5), false],
  ['n', N(5), false],
  ['b', { B: Buffer.from([2, 3]).toString('base64') }, true],
  ['b', { B: Buffer.from([3, 2]).toString('base64') }, false],
  ['b', { B: '' }, true],
  ['ss', { S: 'x' }, true],
  ['ss', { S: 'z' }, false],
  ['ss', { SS: ['x'] }, false],
  ['ns', N(2), true],
  ['ns', { S: '2' }, false],
  ['bs', { B: 'AQ==' }, true],
  ['bs', { S: 'AQ==' }, false],
  ['l', { BOOL: true }, true],
  ['l', { BOOL: false }, false],
  ['l', { M: { a: N(2) } }, true],
  ['l', { M: { a: N(3) } }, false],
  ['l', { S: 'x' }, true],
  ['l', { SS: ['q', 'p'] }, true],
  ['l', { L: [] }, true],
  ['m', { S: 'a' }, false],
  ['yes', { BOOL: true }, false],
  ['absent', { S: 'a' }, false],
])('contains(%s, %j) is %s', (name, value, expected) => {
  expect(holds(`contains(${name}, :v)`, item, { v: value })).toBe(expected);
});

test.each<[string, AttributeValue, boolean]>([
  ['s', { S: 'hell' }, true],
  ['s', { S: '' }, true],
  ['emptyS', { S: '' }, true],
  ['s', { S: 'ello' }, false],
  ['s', { S: 'hello there' }, false],
  ['b', { B: Buffer.from([1, 2]).toString('base64') }, true],
  ['b', { B: Buffer.from([2]).toString('base64') }, false],
  ['b', { B: Buffer.from([1, 2, 3, 4]).toString('base64') }, false],
  ['n', { S: '5' }, false],
  ['s', { B: '' }, false],
  ['absent', { S: '' }, false],
])('begins_with(%s, %j) is %s', (name, value, expected) => {
  expect(holds(`begins_with(${name}, :v)`, item, { v: value })).toBe(expected);
});

test('the operands of begins_with may stand the other way round', () => {
  expect(holds('begins_with(:v, s)', item, { v: { S: 'hello there' } })).toBe(true);
  expect(holds('begins_with(:v, n)', item, { v: { S: 'hello there' } })).toBe(false);
});

test('an order between types, or with what has none, does not hold', () => {
  for (const name of ['s', 'yes', 'nil', 'ss', 'l', 'm', 'absent']) {
    for (const comparator of ['<', '<=', '>', '>=']) {
      expect([name, holds(`${name} ${comparator} :v`, item, { v: N(5) })]).toEqual([name, false]);
      expect([name, holds(`:v ${comparator} ${name}`, item, { v: N(5) })]).toEqual([name, false]);
    }
    expect(holds(`${name} BETWEEN :v AND :v`, item, { v: N(5) })).toBe(false);
    expect(holds(`n BETWEEN :v AND ${name}`, item, { v: N(1) })).toBe(false);
  }
});

test.each([
  ['n < :six', true],
  ['n < n2', false],
  ['n <= :five', true],
  ['n > :five', false],
  ['n >= :five', true],
  ['n BETWEEN :five AND :six', true],
  ['n BETWEEN :six AND n', false],
  [':five BETWEEN n AND n', true],
  ['n IN (:six, :five)', true],
  ['n IN (:six)', false],
])('%s is %s', (text, expected) => {
  const values = { five: N('5'), six: N('6') };
  const used = Object.fromEntries(Object.entries(values).filter(([name]) => text.includes(`:${name}`)));
  expect(holds(text, item, used)).toBe(expected);
});

// https://github.com/scylladb/scylladb/blob/master/test/alternator/test_condition_expression.py, asked of DynamoDB
test('what is absent equals nothing, not even what is absent too', () => {
  expect(holds('absent = nope', item)).toBe(false);
  expect(holds('absent <> nope', item)).toBe(true);
  expect(holds('absent <> n', item)).toBe(true);
  expect(holds('absent IN (nope)', item)).toBe(false);
  expect(holds('NOT absent = nope', item)).toBe(true);
});

test('without an item there are no attributes', () => {
  expect(holds('attribute_not_exists(id)', undefined)).toBe(true);
  expect(holds('attribute_exists(id) OR id = :v', undefined, { v: N(1) })).toBe(false);
});

test('paths lead through maps and lists, and nowhere else', () => {
  expect(holds('m.b.c[0] = :v', item, { v: { S: 'deep' } })).toBe(true);
  for (const path of [
    'm.b.c[1]',
    'm[0]',
    'l.a',
    's.a',
    's[0]',
    'm.toString',
    'toString',
    'm.valueOf',
    'l[5]',
  ]) {
    expect([path, holds(`attribute_exists(${path})`, item)]).toEqual([path, false]);
  }
});

test('AND, OR and NOT', () => {
  const values = { v: N(5), w: N(6) };
  expect(holds('n = :w OR n = :v AND NOT n = :w', item, values)).toBe(true);
  expect(holds('(n = :w OR n = :v) AND n = :w', item, values)).toBe(false);
  expect(holds('NOT NOT n = :v', item, { v: N(5) })).toBe(true);
  expect(
    holds('((((((n = :v) AND n = :v) AND n = :v) AND n = :v) AND n = :v) AND n = :v)', item, { v: N(5) }),
  ).toBe(true);
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ConditionExpressions.html
describe('examples of the developer guide', () => {
  const product: Item = {
    Id: N(456),
    ProductCategory: { S: 'Sporting Goods' },
    Price: N(650),
    Color: { SS: ['Red', 'Black'] },
    Pictures: { M: { FrontView: { S: 'http://example.com/products/123_front.jpg' } } },
    VideoClip: { B: Buffer.alloc(70_000).toString('base64') },
  };

  test.each<[string, Item, boolean]>([
    ['attribute_not_exists(Id)', {}, false],
    ['attribute_not_exists(Price)', {}, false],
    ['attribute_not_exists(ProductReviews.OneStar)', {}, true],
    ['attribute_exists(ProductReviews.OneStar)', {}, false],
    ['begins_with(Pictures.FrontView, :v_sub)', { v_sub: { S: 'http://' } }, true],
    ['contains(Color, :v_sub)', { v_sub: { S: 'Red' } }, true],
    ['size(VideoClip) > :v_sub', { v_sub: N(64000) }, true],
    ['attribute_type(Color, :v_sub)', { v_sub: { S: 'SS' } }, true],
    [
      '(ProductCategory IN (:cat1, :cat2)) and (Price between :lo and :hi)',
      { cat1: { S: 'Sporting Goods' }, cat2: { S: 'Gardening Supplies' }, lo: N(500), hi: N(600) },
      false,
    ],
  ])('%s', (text, values, expected) => {
    expect(holds(text, product, values)).toBe(expected);
  });
});
