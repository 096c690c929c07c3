import { guard } from '../../../../functions/shared/http/guard';

/** `levels` lists around a number. */
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
const parsed = (text: string): unknown => JSON.parse(text);

test.each([
  ['a prototype name', parsed('{"__proto__":{}}'), '__proto__'],
  ['a constructor', parsed('{"a":{"constructor":1}}'), 'a.constructor'],
  ['a prototype in a list', parsed('{"a":[1,{"prototype":null}]}'), 'a[1].prototype'],
  ['a prototype name in odd names', parsed('{"a b":{"c.d":{"__proto__":1}}}'), '["a b"]["c.d"].__proto__'],
  ['an empty name', parsed('{"a":{"":1}}'), 'a[""]'],
  ['a name of 64 KB', { a: { ['n'.repeat(65_536)]: 1 } }, `a["${'n'.repeat(80)}…"]`],
  ['a name of 64 KB in UTF-8', { ['é'.repeat(32_768)]: 1 }, `["${'é'.repeat(80)}…"]`],
  ['a lone surrogate', { a: ['ok 😀', '\ud83d!'] }, 'a[1]'],
  ['a name with a lone surrogate', { '\udc00': 1 }, '["\\udc00"]'],
  ['level 33', { a: nested(32) }, `a${'[0]'.repeat(32)}`],
])('%s is refused by its path', (_, value, path) => {
  expect(guard(value)).toEqual([{ path, message: expect.any(String) as string }]);
});

test.each([
  ['level 32', { a: nested(31) }],
  ['a name just under 64 KB', { ['n'.repeat(65_535)]: 1 }],
  ['names that only look dangerous', { proto: 1, Constructor: 1, toString: 1, hasOwnProperty: 1 }],
  ['empty values', { a: '', b: [], c: {}, d: null, e: false, f: 0 }],
  ['surrogate pairs', { '😀': '😀' }],
  ['no object at all', 'text'],
])('%s passes', (_, value) => {
  expect(guard(value)).toEqual([]);
});

test('levels are counted from the item, however deep its envelope', () => {
  const envelope = { payload: { Item: { a: nested(31) } } };
  expect(guard(envelope, { level: -2 })).toEqual([]);
  expect(guard(envelope)).toHaveLength(1);
});

test('every violation is named in the order of the text, up to twenty', () => {
  expect(guard(parsed('{"__proto__":1,"a":[{"constructor":1}],"":2}')).map(({ path }) => path)).toEqual([
    '__proto__',
    'a[0].constructor',
    '[""]',
  ]);
  expect(guard(Array.from({ length: 100 }, () => parsed('{"__proto__":1}')))).toHaveLength(20);
});

test('neither depth nor width runs out of stack', () => {
  expect(guard(nested(5_000))).toHaveLength(1);
  expect(guard(Array.from({ length: 300_000 }, () => 1))).toEqual([]);
});
