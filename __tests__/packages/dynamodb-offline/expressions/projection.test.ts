import { parse, refusal } from './parse';

test('paths, with names resolved', () => {
  expect(parse.ProjectionExpression('a, b.c[0][1].#a , #i')).toEqual([['a'], ['b', 'c', 0, 1, 'a'], ['[3]']]);
});

test.each(['a.b, a.c', 'a[0], a[1]', 'a.b.c, a.b.d, a.e', 'a, b'])('%s is taken', (text) => {
  expect(refusal('ProjectionExpression', text)).toBeUndefined();
});

// https://github.com/ExtendDB/extenddb/blob/main/tests/test_projection_overlapping_paths.py, captured from DynamoDB
test.each([
  ['a, a', '[a]', '[a]'],
  ['a, a.b', '[a]', '[a, b]'],
  ['a.b, a', '[a, b]', '[a]'],
  ['x, a.b, a', '[a, b]', '[a]'],
  ['a[0], a', '[a, [0]]', '[a]'],
  ['#a, a.b', '[a]', '[a, b]'],
])('%s overlaps', (text, one, two) => {
  expect(refusal('ProjectionExpression', text)).toBe(
    'Invalid ProjectionExpression: Two document paths overlap with each other; ' +
      `must remove or rewrite one of these paths; path one: ${one}, path two: ${two}`,
  );
});

test.each([
  [
    'a[0], a.b',
    'Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, [0]], path two: [a, b]',
  ],
  ['a, name', 'Attribute name is a reserved keyword; reserved keyword: name'],
  ['ADD', 'Attribute name is a reserved keyword; reserved keyword: ADD'],
  ['a.and', 'Attribute name is a reserved keyword; reserved keyword: and'],
  ['a, #u', 'An expression attribute name used in the document path is not defined; attribute name: #u'],
  ['#u, name', 'Attribute name is a reserved keyword; reserved keyword: name'],
  [`a${'[0]'.repeat(32)}`, 'The document path has too many nesting levels; nesting levels: 33'],
])('%s is refused', (text, message) => {
  expect(refusal('ProjectionExpression', text)).toBe(`Invalid ProjectionExpression: ${message}`);
});
