import { refusal, type parse } from './parse';

/** Texts that DynamoDB itself refused, with the token and the surroundings that it quoted. */
const observed: [keyof typeof parse, string, string, string][] = [
  // https://github.com/aws/aws-cdk/issues/7591
  ['UpdateExpression', 'ADD hits : incr', ':', 'hits : incr'],
  // https://github.com/kritish-dhaubanjar/dynamodb-dashboard/issues/735
  ['FilterExpression', '#a attribute_not_exists :s', 'attribute_not_exists', '#a attribute_not_exists :s'],
  // https://github.com/researchwiseai/langgraphjs-checkpoint-dynamodb/issues/8
  ['FilterExpression', 'tenantAgent:abc123-d = :s', ':abc123', 'tenantAgent:abc123-'],
  // https://github.com/aaronshaf/dynamodb-admin/issues/75
  ['ProjectionExpression', 'dummy-id', '-', 'dummy-id'],
  // https://github.com/aws/aws-sdk-java-v2/issues/2310: an index has no leading zero
  ['ProjectionExpression', 'mymap.#AMZN_MAPPED_2021-03-03', '-', '#AMZN_MAPPED_2021-0'],
  // https://github.com/truora/minidyn/issues/21
  ['ConditionExpression', 'attribute_exists(a) AND NOT #b', '<EOF>', '#b'],
  // https://github.com/ServiceStack/ServiceStack.Aws/issues/5
  ['KeyConditionExpression', 'id = :s AND contains()', ')', '()'],
  // https://github.com/floci-io/floci/issues/1512
  ['ConditionExpression', 'a-b', '-', 'a-b'],
  ['KeyConditionExpression', 'a-b', '-', 'a-b'],
  // https://github.com/nubo-db/dynoxide/issues/12 and 16
  ['UpdateExpression', 'INVALID SYNTAX HERE', 'INVALID', 'INVALID SYNTAX'],
  ['ProjectionExpression', '!!', '!', '!!'],
  // https://github.com/scylladb/scylladb/blob/master/test/alternator/test_update_expression.py
  ['UpdateExpression', 'SET _123 = :n', '_', 'SET _123'],
];

/** The same rule on the other places where an expression can break off. */
const derived: [keyof typeof parse, string, string, string][] = [
  ['UpdateExpression', ' ', '<EOF>', ''],
  ['UpdateExpression', 'SET', '<EOF>', 'SET'],
  ['UpdateExpression', 'SET a', '<EOF>', 'a'],
  ['UpdateExpression', 'SET a =', '<EOF>', '='],
  ['UpdateExpression', 'SET a = :n,', '<EOF>', ','],
  ['UpdateExpression', 'SET a = :n, SET b = :n', 'SET', ', SET b'],
  ['UpdateExpression', 'SET a = 1', '1', '= 1'],
  ['UpdateExpression', 'SET a = :n * :n2', '*', ':n * :n2'],
  ['UpdateExpression', 'SET a = :n + :n2 + :n', '+', ':n2 + :n'],
  ['UpdateExpression', 'SET a = b + (c + :n)', '+', 'c + :n'],
  ['UpdateExpression', 'SET a = (b.c).d', '.', ').d'],
  ['UpdateExpression', 'SET a = if_not_exists(a, :n + :n2)', '+', ':n + :n2'],
  ['UpdateExpression', 'SET (a = :n)', '(', 'SET (a'],
  ['UpdateExpression', 'SET set = :n', 'set', 'SET set ='],
  ['UpdateExpression', 'SET a[:n] = :n', ':n', '[:n]'],
  ['UpdateExpression', 'SET a[01] = :n', '1', '01]'],
  ['UpdateExpression', 'REMOVE a = :n', '=', 'a = :n'],
  ['UpdateExpression', 'REMOVE :n', ':n', 'REMOVE :n'],
  ['UpdateExpression', 'ADD a b', 'b', 'a b'],
  ['UpdateExpression', 'DELETE a', '<EOF>', 'a'],
  ['ConditionExpression', 'a', '<EOF>', 'a'],
  ['ConditionExpression', 'a = :s AND', '<EOF>', 'AND'],
  ['ConditionExpression', 'a = :s :t', ':t', ':s :t'],
  ['ConditionExpression', 'a = :s = :t', '=', ':s = :t'],
  ['ConditionExpression', '(a) AND b = :s', 'AND', ') AND b'],
  ['ConditionExpression', '(a = :s', '<EOF>', ':s'],
  ['ConditionExpression', 'a = :s)', ')', ':s)'],
  ['ConditionExpression', '(NOT a) = :s', ')', 'a) ='],
  ['ConditionExpression', 'NOT', '<EOF>', 'NOT'],
  ['ConditionExpression', 'a = NOT b', 'NOT', '= NOT b'],
  ['ConditionExpression', 'a = (b = :s)', '=', 'b = :s'],
  ['ConditionExpression', 'a IN ()', ')', '()'],
  ['ConditionExpression', 'a IN :s', ':s', 'IN :s'],
  ['ConditionExpression', 'a BETWEEN :s OR :t', 'OR', ':s OR :t'],
  ['ConditionExpression', 'a == :s', '=', '== :s'],
  ['ConditionExpression', 'a.and = :s', 'and', '.and ='],
  ['ConditionExpression', 'a = "text"', '"', '= "text'],
  ['ConditionExpression', 'a = :s AND é = :s', 'é', 'AND é ='],
  ['ConditionExpression', 'a = 😀', '😀', '= 😀'],
  ['ProjectionExpression', 'a, ', '<EOF>', ','],
  ['ProjectionExpression', 'a b', 'b', 'a b'],
  ['ProjectionExpression', 'a..b', '.', '..b'],
  ['ProjectionExpression', 'a[', '<EOF>', '['],
  ['ProjectionExpression', 'a[-1]', '-', '[-1'],
  ['ProjectionExpression', 'a[#b]', '#b', '[#b]'],
  ['ProjectionExpression', 'size(a)', '(', 'size(a'],
  ['ProjectionExpression', '#', '#', '#'],
];

test.each([...observed, ...derived])('%s %s', (kind, text, token, near) => {
  expect(refusal(kind, text)).toBe(`Invalid ${kind}: Syntax error; token: "${token}", near: "${near}"`);
});

test.each([
  'UpdateExpression',
  'ConditionExpression',
  'KeyConditionExpression',
  'ProjectionExpression',
] as const)('an empty %s', (kind) => {
  expect(refusal(kind, '')).toBe(`Invalid ${kind}: The expression can not be empty;`);
});

test('white space, and the case of keywords, make no difference', () => {
  expect(refusal('UpdateExpression', '\tset a=:n\r\n,b = :n reMOVE c')).toBeUndefined();
  expect(refusal('ConditionExpression', 'a=:s aNd nOt(b between :s AND :t)or c in(:s)')).toBeUndefined();
});

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters
describe('4 KB', () => {
  const name = (bytes: number) => 'x'.repeat(bytes);

  test.each([
    ['ProjectionExpression', name(4096)],
    ['UpdateExpression', `SET${' '.repeat(4087)}a = :n`],
    ['ConditionExpression', `attribute_exists(${name(4078)})`],
  ] as const)('%s of 4096 bytes is taken', (kind, text) => {
    expect(text).toHaveLength(4096);
    expect(refusal(kind, text)).toBeUndefined();
  });

  test.each([
    ['ProjectionExpression', name(4097)],
    ['UpdateExpression', `SET ${' '.repeat(4087)}a = :n`],
    ['ConditionExpression', '('.repeat(15_000)],
    ['KeyConditionExpression', `id = :s AND ${'é'.repeat(2048)} = :s`],
  ] as const)('%s over 4096 bytes is not, whatever is in it', (kind, text) => {
    expect(refusal(kind, text)).toBe(
      `Invalid ${kind}: Expression size has exceeded the maximum allowed size;`,
    );
  });
});
