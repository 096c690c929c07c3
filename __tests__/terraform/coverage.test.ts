import { readdirSync } from 'node:fs';
import path from 'node:path';
import { outputFolder } from '../../tools/project-root';
import { stacksOf } from '../../tools/terraform/stacks';

it('takes every stack through its life', () => {
  const tested = readdirSync(path.join(__dirname, 'stacks')).map((file) => file.replace('.test.ts', ''));

  expect(tested.sort()).toEqual(
    stacksOf(outputFolder())
      .map(({ name }) => name)
      .sort(),
  );
});
