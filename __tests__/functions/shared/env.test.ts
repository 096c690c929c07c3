import { requiredVariable } from '../../../functions/shared/env';

afterEach(() => delete process.env.SOME_VARIABLE);

test('a variable that is set is returned', () => {
  process.env.SOME_VARIABLE = 'value';
  expect(requiredVariable('SOME_VARIABLE')).toBe('value');
});

test.each([undefined, ''])('one that is %p is named', (value) => {
  if (value !== undefined) process.env.SOME_VARIABLE = value;
  expect(() => requiredVariable('SOME_VARIABLE')).toThrow(/SOME_VARIABLE is not set/);
});
