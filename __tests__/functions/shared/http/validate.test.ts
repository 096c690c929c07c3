import * as z from 'zod/mini';
import { Problem } from '../../../../functions/shared/http/problem';
import { itemFields } from '../../../../functions/items-api/contract';
import { operationSchemas } from '../../../../functions/operations/parameters';
import { validate } from '../../../../functions/shared/http/validate';

const schema = z.strictObject({
  name: z.string().check(z.minLength(1)),
  tags: z.optional(z.array(z.number())),
  any: z.unknown(),
});

function violations(value: unknown) {
  try {
    validate(schema, value);
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid-request') return error.errors;
    throw error;
  }
  return [];
}

test('a valid value is returned', () => {
  expect(validate(schema, { name: 'a', any: null })).toEqual({ name: 'a', any: null });
});

test.each<[string, unknown, [path: string, message: RegExp][]]>([
  [
    'missing members',
    {},
    [
      ['name', /is missing/],
      ['any', /is missing/],
    ],
  ],
  ['a wrong type', { name: 1, any: 0 }, [['name', /^must be a string, not a number$/]]],
  ['a short text', { name: '', any: 0 }, [['name', /^must not be empty$/]]],
  [
    'a wrong element',
    { name: 'a', any: 0, tags: [1, 'x'] },
    [['tags[1]', /^must be a number, not a string$/]],
  ],
  [
    'extra members',
    { name: 'a', any: 0, 'x y': 1, z: 2 },
    [
      ['["x y"]', /not a member/],
      ['z', /not a member/],
    ],
  ],
  ['a list', [], [['', /^must be an object, not a list$/]]],
  ['null', null, [['', /^must be an object, not null$/]]],
])('%s: every violation has its path and message', (_, value, expected) => {
  const found = violations(value);
  expect(found?.map(({ path }) => path)).toEqual(expected.map(([path]) => path));
  expected.forEach(([, message], i) => expect(found?.[i]?.message).toMatch(message));
});

describe('what the contracts refuse is said in plain words', () => {
  const { create, list, read, update } = operationSchemas;
  const Key = { id: '1' };

  test.each<[z.core.$ZodType, unknown, message: string]>([
    [itemFields, { name: '', price: 1 }, 'must not be empty'],
    [itemFields, { name: 'a', price: -1 }, 'must be at least 0'],
    [itemFields, { name: 'a', price: '1' }, 'must be a number, not a string'],
    [itemFields, { name: 'a', price: true }, 'must be a number, not true'],
    [itemFields, { name: 'a', price: 1, description: null }, 'must be a string, not null'],
    [list, { payload: { Limit: 0 } }, 'must be at least 1'],
    [list, { payload: { Limit: 101 } }, 'must be at most 100'],
    [list, { payload: { Limit: 1.5 } }, 'must be a whole number, not 1.5'],
    [list, { payload: { ConsistentRead: 'true' } }, 'must be true or false, not a string'],
    [read, { payload: { Key: [] } }, 'must be an object, not a list'],
    [create, { payload: { Item: Key, ReturnValues: 'ALL_NEW' } }, 'must be "NONE" or "ALL_OLD"'],
    [update, { payload: { Key, UpdateExpression: 'x'.repeat(4097) } }, 'must have at most 4096 characters'],
  ])('case %#', (contract, value, message) => {
    expect(() => validate(contract, value)).toThrow(Problem);
    try {
      validate(contract, value);
    } catch (error) {
      expect((error as Problem).errors).toEqual([{ path: expect.any(String) as string, message }]);
    }
  });
});
