import { useDatabase } from '../database';

const db = useDatabase();

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters-lengths */
const LIMIT = 2 * 1024 * 1024;
const NAME = 64 * 1024 - 1;

beforeAll(async () => {
  await db.table('things', 'id:S');
});

/** A scan whose names and values have so many bytes together. */
function scan(names: number, values: number) {
  const named = Array.from({ length: Math.ceil(names / NAME) }, (_, index) => {
    const name = 'n'.repeat(Math.min(NAME, names - index * NAME) - 2);
    return [`#n${index}`, `${String(index).padStart(2, '0')}${name}`] as const;
  });
  return {
    TableName: 'things',
    FilterExpression: ['id = :one', 'id = :two', ...named.map(([name]) => `attribute_exists(${name})`)].join(
      ' OR ',
    ),
    ...(names > 0 && { ExpressionAttributeNames: Object.fromEntries(named) }),
    ExpressionAttributeValues: { ':one': { S: 'a' }, ':two': { S: 'b'.repeat(values - 1) } },
  };
}

it.each([
  ['values of 2 MB', 0, LIMIT],
  ['names and values of 2 MB', LIMIT / 2, LIMIT / 2],
])('takes %s', async (_what, names, values) => {
  const { ExpressionAttributeNames, ExpressionAttributeValues } = scan(names, values);
  const texts = [
    ...Object.values(ExpressionAttributeNames ?? {}),
    ...Object.values(ExpressionAttributeValues).map(({ S }) => S),
  ];
  expect(texts.join('')).toHaveLength(LIMIT);
  // Filters of a scan may name the key.
  expect(await db.ok('Scan', scan(names, values))).toMatchObject({ Count: 0 });
});

it.each([
  ['ExpressionAttributeValues exceeds max size', 0, LIMIT + 1],
  ['ExpressionAttributeNames exceeds max size', LIMIT + 1, 2],
  [
    'Combined size of ExpressionAttributeNames and ExpressionAttributeValues exceeds max size',
    LIMIT / 2,
    LIMIT / 2 + 1,
  ],
])('says that %s', async (message, names, values) => {
  expect(await db.refusal('Scan', scan(names, values))).toBe(`ValidationException: ${message}`);
});
