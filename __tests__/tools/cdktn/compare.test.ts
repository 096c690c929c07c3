import { compareStacks, type StackJson } from '../../../tools/cdktn/compare';
import { renameImports } from '../../../tools/cdktn/migrate';

const stack = (changes: object = {}, aws = { source: 'aws', version: '6.25.0' }): StackJson => ({
  terraform: { required_providers: { aws } },
  ...{ resource: { aws_dynamodb_table: { table: { name: 'items', tags: ['a'] } } }, ...changes },
});

it('takes metadata and versions of providers for what they are', () => {
  const other = stack(
    { '//': { metadata: { version: '0.24.0' } } },
    { source: 'hashicorp/aws', version: '6.66.0' },
  );

  expect(compareStacks(stack(), other)).toEqual({ differences: [], versions: ['aws 6.25.0 → 6.66.0'] });
});

it.each([
  [
    { resource: { aws_dynamodb_table: { table: { name: 'items', tags: ['b'] } } } },
    '/resource/aws_dynamodb_table/table/tags/0',
  ],
  [
    { resource: { aws_dynamodb_table: { table: { name: 'items' } } } },
    '/resource/aws_dynamodb_table/table/tags',
  ],
  [{ output: {} }, '/output'],
])('finds the difference in %j', (changes, path) => {
  expect(compareStacks(stack(), stack(changes)).differences).toEqual([path]);
});

it('finds another provider of the same name', () => {
  const other = stack({}, { source: 'someone/aws', version: '6.25.0' });
  expect(compareStacks(stack(), other).differences).toEqual(['/terraform/required_providers/aws']);
});

it.each([
  ["import { App } from 'cdktf';", "import { App } from 'cdktn';"],
  [
    "import { IamRole } from '@cdktf/provider-aws/lib/iam-role';",
    "import { IamRole } from '@cdktn/provider-aws/lib/iam-role';",
  ],
  ["import path from 'node:path'; // not cdktf", "import path from 'node:path'; // not cdktf"],
])('renames %s', (before, after) => {
  expect(renameImports(before)).toBe(after);
});
