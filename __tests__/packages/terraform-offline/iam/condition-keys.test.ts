import { holds, variableValues } from '../../../../packages/terraform-offline/iam/condition-keys';
import { requestKeys } from '../../../../packages/terraform-offline/iam/request-keys';

type Values = string | readonly string[] | undefined;

function check(operator: string, wanted: string | string[], actual: Values): boolean {
  const condition = { operator, key: 'x:Key', values: [wanted].flat() };
  const keys = (name: string): Values => {
    if (name === 'aws:principalarn') return 'arn:aws:iam::000000000000:role/a*b';
    return name === 'x:key' ? actual : undefined;
  };
  return holds(condition, keys, variableValues(keys));
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
it.each<[operator: string, wanted: string | string[], actual: Values, holds: boolean]>([
  ['StringEquals', 'a', 'a', true],
  ['StringEquals', 'a', 'A', false],
  ['StringEquals', ['a', 'b'], 'b', true],
  ['StringEquals', 'a*', 'ab', false],
  ['StringEquals', 'a', undefined, false],
  ['StringNotEquals', ['a', 'b'], 'b', false],
  ['StringNotEquals', ['a', 'b'], 'c', true],
  ['StringNotEquals', 'a', undefined, true],
  ['StringEqualsIgnoreCase', 'aB', 'Ab', true],
  ['StringNotEqualsIgnoreCase', 'aB', 'Ab', false],
  ['StringLike', 'a*', 'abc', true],
  ['StringLike', 'a?', 'abc', false],
  ['StringNotLike', 'a*', 'abc', false],
  ['NumericEquals', '10', '10.0', true],
  ['NumericNotEquals', '10', '11', true],
  ['NumericLessThan', '10', '9', true],
  ['NumericLessThan', '10', '10', false],
  ['NumericLessThanEquals', '10', '10', true],
  ['NumericGreaterThan', '10', '10', false],
  ['NumericGreaterThanEquals', '10', '10', true],
  ['NumericGreaterThan', '10', 'many', false],
  ['DateEquals', '2026-03-14T15:09:26Z', '2026-03-14T16:09:26+01:00', true],
  ['DateNotEquals', '2026-03-14T15:09:26Z', '2026-03-14T15:09:26Z', false],
  ['DateLessThan', '2026-03-14T15:09:26Z', '2026-03-14T15:09:25Z', true],
  ['DateLessThanEquals', '2026-03-14', '2026-03-14T00:00:00Z', true],
  ['DateGreaterThan', '1773500966', '2026-03-14T15:09:27Z', true],
  ['DateGreaterThanEquals', '2026-03-14T15:09:26Z', '2026-03-14T15:09:25Z', false],
  ['Bool', 'true', 'true', true],
  ['Bool', 'false', 'true', false],
  ['Bool', 'true', undefined, false],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ6', false],
  ['IpAddress', '203.0.113.0/24', '203.0.113.7', true],
  ['IpAddress', '203.0.113.0/24', '203.0.114.7', false],
  ['IpAddress', '203.0.113.7', '203.0.113.7', true],
  ['IpAddress', ['10.0.0.0/8', '127.0.0.0/8'], '::ffff:127.0.0.1', true],
  ['IpAddress', '2001:db8::/32', '2001:db8:1::1', true],
  ['IpAddress', '0.0.0.0/0', '2001:db8:1::1', false],
  ['IpAddress', '203.0.113.0/99', '203.0.113.7', false],
  ['NotIpAddress', '203.0.113.0/24', '203.0.114.7', true],
  ['NotIpAddress', '203.0.113.0/24', '203.0.113.7', false],
  ['ArnEquals', 'arn:aws:sns:*:000000000000:a*', 'arn:aws:sns:eu-west-1:000000000000:abc', true],
  ['ArnLike', 'arn:aws:sns:*:abc', 'arn:aws:sns:eu-west-1:000000000000:abc', false],
  ['ArnLike', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/c/d', true],
  ['ArnLike', '${aws:PrincipalArn}', 'arn:aws:iam::000000000000:role/a*b', true],
  ['ArnNotEquals', 'arn:aws:sns:*:*:a', 'arn:aws:sns:eu-west-1:000000000000:a', false],
  ['ArnNotLike', 'arn:aws:sns:*:*:a', 'arn:aws:sns:eu-west-1:000000000000:b', true],
  ['Null', 'true', undefined, true],
  ['Null', 'true', 'a', false],
  ['Null', 'false', 'a', true],
  ['Null', 'false', undefined, false],
  ['StringEqualsIfExists', 'a', undefined, true],
  ['StringEqualsIfExists', 'a', 'b', false],
  ['BoolIfExists', 'true', undefined, true],
])('%s %j of %j: %s', (operator, wanted, actual, expected) => {
  expect(check(operator, wanted, actual)).toBe(expected);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
it.each<[operator: string, wanted: string[], actual: Values, holds: boolean]>([
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
  ['ForAllValues:StringEquals', ['a', 'b'], undefined, true],
  ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], true],
  ['ForAllValues:StringNotEquals', ['a'], ['a', 'c'], false],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c'], false],
  ['ForAnyValue:StringEquals', ['a', 'b'], undefined, false],
  ['ForAnyValue:StringNotEquals', ['a'], ['a', 'b'], true],
  ['ForAnyValue:StringNotEquals', ['a'], undefined, false],
  ['ForAnyValue:StringLike', ['a*'], ['b', 'abc'], true],
  ['ForAllValues:StringEqualsIfExists', ['a'], undefined, true],
])('%s %j of %j: %s', (operator, wanted, actual, expected) => {
  expect(check(operator, wanted, actual)).toBe(expected);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
it.each<[operator: string, wanted: string, actual: string, holds: boolean]>([
  ['StringEquals', 'x${*}${?}${$}', 'x*?$', true],
  ['StringLike', 'x${*}', 'xyz', false],
  ['StringLike', 'x${*}*', 'x*yz', true],
  ['StringLike', '${aws:PrincipalArn}/*', 'arn:aws:iam::000000000000:role/a*b/c', true],
  ['StringLike', '${aws:PrincipalArn}', 'arn:aws:iam::000000000000:role/acb', false],
  ['StringEquals', "${aws:SourceArn, 'nobody'}", 'nobody', true],
  ['StringEquals', '${aws:SourceArn}', '', false],
  ['StringNotEquals', '${aws:SourceArn}', 'a', true],
  ['StringEquals', '${AWS:principalarn}', 'arn:aws:iam::000000000000:role/a*b', true],
])('%s %j of %j, with variables: %s', (operator, wanted, actual, expected) => {
  expect(check(operator, wanted, actual)).toBe(expected);
});

it('knows of every request when, where to and from where it is made, as over TLS', () => {
  const now = new Date('2026-03-14T15:09:26.535Z');
  const own = () => ({ 'dynamodb:LeadingKeys': ['a', 'b'] });
  const keys = requestKeys({ region: 'eu-west-1', now, own });
  const names = ['currenttime', 'epochtime', 'requestedregion', 'securetransport', 'sourceip'];
  expect(names.map((name) => keys(`aws:${name}`))).toEqual([
    '2026-03-14T15:09:26.535Z',
    '1773500966',
    'eu-west-1',
    'true',
    '127.0.0.1',
  ]);
  expect([keys('dynamodb:leadingkeys'), keys('aws:sourcearn')]).toEqual([['a', 'b'], undefined]);
});
