import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Linter, type Rule } from 'eslint';
import tseslint from 'typescript-eslint';

const { noCircles } = jest.requireActual<{ noCircles: Rule.RuleModule }>('../../../tools/lint/no-circles.js');

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'circles-')));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What lint says of each file. */
function messages(files: Readonly<Record<string, string>>): Readonly<Record<string, readonly string[]>> {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  const linter = new Linter({ cwd: folder });
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { own: { rules: { 'no-circles': noCircles } } },
    rules: { 'own/no-circles': 'error' },
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [
      name,
      linter.verify(text, config, path.join(folder, name)).map(({ message }) => message),
    ]),
  );
}

it.each([
  [`import { b } from './b';`],
  [`import type { B } from './b';`],
  [`import { type B } from './b';`],
  [`export { b } from './b';`],
  [`export type { B } from './b';`],
  [`export * from './b';`],
  [`export const b = import('./b');`],
  [`export let b: import('./b').B;`],
])('finds the circle that is closed by %s', (statement) => {
  const found = messages({
    'a.ts': statement,
    'b.ts': `import type { C } from './c';`,
    'c.ts': `import type { A } from './a';`,
  });

  expect(found).toEqual({
    'a.ts': ['This closes a circle: a.ts → b.ts → c.ts → a.ts.'],
    'b.ts': ['This closes a circle: b.ts → c.ts → a.ts → b.ts.'],
    'c.ts': ['This closes a circle: c.ts → a.ts → b.ts → c.ts.'],
  });
});

it('lets pass what two files import, packages, and files that are not there', () => {
  const found = messages({
    'a.ts': `import './b'; import './c'; import 'node:fs'; import './absent';`,
    'b.ts': `import { c } from './c';`,
    'c.ts': '',
  });

  expect(found).toEqual({ 'a.ts': [], 'b.ts': [], 'c.ts': [] });
});
