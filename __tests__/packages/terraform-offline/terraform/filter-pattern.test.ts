import {
  matchesPattern,
  refuseInvalidPattern,
} from '../../../../packages/terraform-offline/terraform/model/filter-pattern';

const record = {
  eventName: 'INSERT',
  dynamodb: {
    NewImage: { name: { S: 'Pat Candella' }, age: { N: '25' }, note: { NULL: true } },
    SizeBytes: 26,
  },
};
const ofName = (...rules: unknown[]) => ({ dynamodb: { NewImage: { name: { S: rules } } } });
const ofSize = (...rules: unknown[]) => ({ dynamodb: { SizeBytes: rules } });

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax */
it.each<[what: string, pattern: Record<string, unknown>, matches: boolean]>([
  ['nothing', {}, true],
  ['a value', { eventName: ['INSERT'] }, true],
  ['another value', { eventName: ['REMOVE'] }, false],
  ['any value of a list', { eventName: ['REMOVE', 'INSERT'] }, true],
  ['a text in another case', { eventName: ['insert'] }, false],
  ['every member', { eventName: ['INSERT'], ...ofName('Somebody') }, false],
  ['a member that is not there', { dynamodb: { OldImage: { name: { S: ['Pat Candella'] } } } }, false],
  ['true', { dynamodb: { NewImage: { note: { NULL: [true] } } } }, true],
  ['prefix', ofName({ prefix: 'Pat' }), true],
  ['prefix of another', ofName({ prefix: 'Can' }), false],
  ['suffix', ofName({ suffix: 'della' }), true],
  ['equals-ignore-case', ofName({ 'equals-ignore-case': 'PAT candella' }), true],
  ['anything-but another', ofName({ 'anything-but': ['Shirley'] }), true],
  ['anything-but it', ofName({ 'anything-but': ['Pat Candella'] }), false],
  ['anything-but a prefix', ofName({ 'anything-but': { prefix: 'Pat' } }), false],
  [
    'anything-but of what is not there',
    { dynamodb: { OldImage: { name: { S: [{ 'anything-but': ['x'] }] } } } },
    false,
  ],
  ['exists', ofName({ exists: true }), true],
  ['exists: false', { dynamodb: { OldImage: { name: { S: [{ exists: false }] } } } }, true],
  ['exists: false of what is there', ofName({ exists: false }), false],
  ['numeric =', ofSize({ numeric: ['=', 26] }), true],
  ['numeric in a range', ofSize({ numeric: ['>', 20, '<=', 26] }), true],
  ['numeric out of it', ofSize({ numeric: ['>', 26] }), false],
  [
    "numeric of a text, as DynamoDB's numbers are",
    { dynamodb: { NewImage: { age: { N: [{ numeric: ['=', 25] }] } } } },
    false,
  ],
  ['$or', { $or: [{ eventName: ['REMOVE'] }, ofName({ prefix: 'Pat' })] }, true],
  ['$or of neither', { $or: [{ eventName: ['REMOVE'] }, ofName('x')] }, false],
])('a pattern of %s', (_what, pattern, matches) => {
  refuseInvalidPattern(pattern, 'filter');
  expect(matchesPattern(record, pattern)).toBe(matches);
});

it.each<[pattern: Record<string, unknown>, message: string]>([
  [
    { eventName: 'INSERT' },
    'filter.eventName: Invalid filter pattern definition: expected a list or an object, received "INSERT"',
  ],
  [{ eventName: [] }, 'filter.eventName: Invalid filter pattern definition: the list is empty'],
  [
    { a: { b: [{ like: 'x' }] } },
    'filter.a.b: Invalid filter pattern definition: {"like":"x"} is no comparison',
  ],
  [
    { a: [{ numeric: ['~', 1] }] },
    'filter.a: Invalid filter pattern definition: {"numeric":["~",1]} is no comparison',
  ],
  [
    { $or: [{ a: [1] }] },
    'filter.$or: Invalid filter pattern definition: expected a list of two or more patterns',
  ],
])('refuses %j', (pattern, message) => {
  expect(() => refuseInvalidPattern(pattern, 'filter')).toThrow(message);
});
