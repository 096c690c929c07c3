import * as z from 'zod/mini';
import { Problem } from '../../../functions/shared/problem';
import { validate } from '../../../functions/shared/validate';

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
  ['a wrong type', { name: 1, any: 0 }, [['name', /expected string, received number/]]],
  ['a short text', { name: '', any: 0 }, [['name', />=1 char/]]],
  [
    'a wrong element',
    { name: 'a', any: 0, tags: [1, 'x'] },
    [['tags[1]', /expected number, received string/]],
  ],
  [
    'extra members',
    { name: 'a', any: 0, 'x y': 1, z: 2 },
    [
      ['["x y"]', /not a member/],
      ['z', /not a member/],
    ],
  ],
  ['a list', [], [['', /expected object, received array/]]],
  ['null', null, [['', /expected object, received null/]]],
])('%s: every violation has its path and message', (_, value, expected) => {
  const found = violations(value);
  expect(found?.map(({ path }) => path)).toEqual(expected.map(([path]) => path));
  expected.forEach(([, message], i) => expect(found?.[i]?.message).toMatch(message));
});
