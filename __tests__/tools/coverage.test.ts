import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../tools/project-root';
import { coverageMatrix } from '../../tools/coverage/matrix';

const README = readFileSync(path.join(projectRoot, 'packages/terraform-offline/README.md'), 'utf8');

test('the README has the coverage that there is: npm run coverage writes it', () => {
  const [, matrix] = /<!-- coverage -->([^]*)<!-- end of coverage -->/.exec(README) ?? [];
  expect(matrix?.replace(/<!-- prettier-ignore-(start|end) -->/g, '').trim()).toBe(coverageMatrix().trim());
});

test('a resource type has a row, with what is served of it and what is not', () => {
  const row = coverageMatrix()
    .split('\n')
    .find((line) => line.startsWith('| `aws_lambda_function` |'));
  expect(row).toContain('`environment`');
  expect(row).toContain('`durable_config`: durable functions are not served');
});
