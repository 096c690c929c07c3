import { refusal, type parse } from './parse';

/** As many of a text as 4 KB hold, between a beginning and an end. */
function filled(begin: string, text: string, end = '', closing = ''): string {
  const count = Math.floor((4096 - begin.length - end.length) / (text.length + closing.length));
  return begin + text.repeat(count) + end + closing.repeat(count);
}

const redundant = 'The expression has redundant parentheses;';
const operators = 'The expression contains too many operators; operator count: 301';

const hostile: [keyof typeof parse, string, string][] = [
  ['ConditionExpression', filled('', '('), 'Syntax error; token: "<EOF>", near: "("'],
  ['ConditionExpression', filled('', '(', 'a < b'), 'Syntax error; token: "<EOF>", near: "b"'],
  ['ConditionExpression', filled('', '(', 'a < b', ')'), redundant],
  ['ConditionExpression', filled('', '(', 'a', ')'), 'Syntax error; token: "<EOF>", near: ")"'],
  ['ConditionExpression', filled('', 'a < b or (', 'a < b', ')'), operators],
  ['ConditionExpression', filled('', 'a<b or ', 'a<b'), operators],
  ['ConditionExpression', filled('', 'not ', 'a < b'), operators],
  ['ConditionExpression', filled('', 'not(', 'a < b', ')'), operators],
  ['ConditionExpression', filled('a < ', 'f(', 'b', ')'), 'Invalid function name; function: f'],
  ['ConditionExpression', filled('a < ', 'size(', 'b', ')'), operators],
  ['ConditionExpression', filled('a < ', 'size(', 'b'), 'Syntax error; token: "<EOF>", near: "b"'],
  [
    'ConditionExpression',
    filled('a in (', 'b,', 'b)'),
    'The IN operator is provided with too many operands; number of operands: 2045',
  ],
  [
    'ConditionExpression',
    filled('a', '.a', ' = :s'),
    'The document path has too many nesting levels; nesting levels: 2046',
  ],
  [
    'ConditionExpression',
    filled('a', '[0]', ' = :s'),
    'The document path has too many nesting levels; nesting levels: 1364',
  ],
  [
    'ConditionExpression',
    filled('', 'a', ''),
    'Syntax error; token: "<EOF>", near: "' + 'a'.repeat(4096) + '"',
  ],
  ['UpdateExpression', filled('SET a = ', '('), 'Syntax error; token: "<EOF>", near: "("'],
  ['UpdateExpression', filled('SET a = ', '(', 'b', ')'), redundant],
  ['UpdateExpression', filled('SET a = ', 'list_append(', 'b'), 'Syntax error; token: "<EOF>", near: "b"'],
  ['UpdateExpression', filled('REMOVE ', 'a,', 'a'), 'Two document paths overlap'],
  [
    'UpdateExpression',
    filled('', 'SET a = b '),
    'The "SET" section can only be used once in an update expression;',
  ],
  ['ProjectionExpression', filled('', 'a[0],', 'a.b'), 'Two document paths overlap'],
];

// A parser that goes back takes seconds for some of these, one that recurses overflows its stack.
test.each(hostile)('a hostile %s of 4 KB is refused for what it is', (kind, text, message) => {
  expect(text.length).toBeGreaterThan(4070);
  expect(refusal(kind, text)).toContain(`Invalid ${kind}: ${message}`);
});

test('functions may nest as deep as 4 KB let them', () => {
  const text = filled('SET a = ', 'if_not_exists(b,', ':n', ')');
  expect(text.length).toBeGreaterThan(4070);
  expect(refusal('UpdateExpression', text)).toBeUndefined();
});
